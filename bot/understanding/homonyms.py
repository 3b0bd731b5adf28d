"""Words of ours that are words of the subject too: `what is a list`, `export PATH`."""

from __future__ import annotations

from bot.understanding.sentence import Sentence

_POSSESSIONS = frozenset(
    ("week", "plan", "progress", "portfolio", "settings", "group", "group_board", "quiz", "pause", "resume", "review")
)
_ASKED_FOR = frozenset(("quiz", "question", "questions", "mcq", "mcqs", "ask", "exam"))
_LEADS = (("what", "is", "a"), ("what", "is", "an"), ("whats", "a"), ("whats", "an"), ("what", "are"), ("define",))


def means_the_subject(likely: str, sentence: Sentence) -> bool:
    """Whether a question for what something is, or a name in capitals, makes a view of one's own unlikely."""
    if likely == "export_data":
        raws = [token.raw for token in sentence.tokens if token.kind == "word"]
        return any(raw.isupper() and len(raw) > 1 for raw in raws) and not all(raw.isupper() for raw in raws)
    if likely == "quiz" and _tests_code(sentence):
        return True
    texts = tuple(token.text for token in sentence.tokens)
    return likely in _POSSESSIONS and any(texts[: len(lead)] == lead for lead in _LEADS) and "my" not in texts


def _tests_code(sentence: Sentence) -> bool:
    """`unit test me`: the only test that is named is one of the subject's."""
    tests = [at for at, token in enumerate(sentence.tokens) if token.text in ("test", "tests")]
    named = {at for span in sentence.of_kind("subject") for at in range(span.start, span.end)}
    asked = any(token.text in _ASKED_FOR for token in sentence.tokens)
    return bool(tests) and not asked and all(at in named for at in tests)
