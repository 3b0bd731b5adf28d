"""Whether a clause is a question, and no order put politely."""

from __future__ import annotations

from bot.understanding.sentence import Sentence

_MARKS = ("?", "？", "؟")
_PARTICLES = ("吗", "嗎", "么", "kya", "क्या")
"""Words that end a question in Chinese and Hindi, often without its mark."""


def asks(sentence: Sentence) -> bool:
    """Whether the clause is a question and no polite order."""
    tokens = sentence.tokens
    if not tokens or any(sentence.lexicon.flag("request", tokens, at) for at in range(min(3, len(tokens)))):
        return False
    ends_asking = any(mark in tokens[-1].text for mark in _MARKS) or any(tokens[-1].text == word for word in _PARTICLES)
    return ends_asking or _opens_asking(sentence)


def _opens_asking(sentence: Sentence) -> bool:
    first = next((at for at, token in enumerate(sentence.tokens) if not token.is_break), None)
    if first is None or not sentence.lexicon.flag("question", sentence.tokens, first):
        return False
    return sentence.tokens[first].text not in ("did", "do", "have") or _subject_follows(sentence, first)


def _subject_follows(sentence: Sentence, at: int) -> bool:
    """`did i finish` asks, `did 3` tells."""
    return at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].text in (
        "i",
        "you",
        "we",
        "they",
        "it",
        "the",
        "my",
    )


def asks_how(sentence: Sentence) -> bool:
    """Whether the clause opens as a question does, and is no polite order."""
    return _opens_asking(sentence) and not any(
        sentence.lexicon.flag("request", sentence.tokens, at) for at in range(min(3, len(sentence.tokens)))
    )
