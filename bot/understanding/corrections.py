"""Which of several values is meant: `from monday to thursday`, `instead of sunday`, `9 is too early, make it 11`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span

_LEFT = frozenset(
    ("from", "not", "no", "of", "than", "left", "de", "von", "из", "с", "dari", "nicht", "statt", "instead")
)
_WRONG = frozenset(("too", "wrong", "bad", "doesnt", "isnt", "sucks", "zu", "demasiado", "слишком", "trop"))
_NEAR = 3


def meant(sentence: Sentence, spans: Sequence[Span]) -> list[Span]:
    """The spans without those that are said to be given up. What is left last is what somebody settles on."""
    return [span for span in spans if not _given_up(sentence, span)] or list(spans)[-1:]


def _given_up(sentence: Sentence, span: Span) -> bool:
    tokens = sentence.tokens
    before = [token.text for token in tokens[max(span.start - 2, 0) : span.start]]
    led = before[-1:] in [[word] for word in _LEFT] or (before[:1] == ["instead"] and before[-1:] == ["of"])
    if led and not (before[-1] == "from" and not _replaced(sentence, span)):
        return True
    return _complained_of(sentence, span)


def all_complained_of(sentence: Sentence, spans: Sequence[Span]) -> bool:
    """`9 am is too early`, and nothing to put in its place."""
    return bool(spans) and all(_complained_of(sentence, span) for span in spans)


def _replaced(sentence: Sentence, span: Span) -> bool:
    """`from monday on` keeps the monday; `from monday to thursday` gives it up."""
    return any(other.start >= span.end and other.kind == span.kind for other in sentence.spans)


def _complained_of(sentence: Sentence, span: Span) -> bool:
    """`9 am is too early`."""
    for token in sentence.tokens[span.end : span.end + _NEAR]:
        if token.is_break:
            return False
        if token.text in _WRONG:
            return True
    return False
