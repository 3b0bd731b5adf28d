"""Words of ours that are words of the subject too: `what is a list`, `export PATH`."""

from __future__ import annotations

from bot.understanding.sentence import Sentence

_POSSESSIONS = frozenset(
    ("week", "plan", "progress", "portfolio", "settings", "group", "group_board", "quiz", "pause", "resume", "review")
)
_LEADS = (("what", "is", "a"), ("what", "is", "an"), ("whats", "a"), ("whats", "an"), ("what", "are"), ("define",))


def means_the_subject(likely: str, sentence: Sentence) -> bool:
    """Whether a question for what something is, or a name in capitals, makes a view of one's own unlikely."""
    if likely == "export_data":
        raws = [token.raw for token in sentence.tokens if token.kind == "word"]
        return any(raw.isupper() and len(raw) > 1 for raw in raws) and not all(raw.isupper() for raw in raws)
    texts = tuple(token.text for token in sentence.tokens)
    return likely in _POSSESSIONS and any(texts[: len(lead)] == lead for lead in _LEADS) and "my" not in texts
