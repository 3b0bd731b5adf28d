"""Spots other people's words that carry no quotation marks: `Bo: done 1`, `[10:32] Bo`, `On Mon, Bo wrote:`, `fwd:`."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.understanding.tokens import words_of

_NAME = r"[^\W\d_][\w.'’-]*"
_STAMP = r"\[?\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]m)?\)?\]?"
_STAMPED = re.compile(rf"^\s*[\[(]\s*(?:\d[\d./-]*,?\s*)?{_STAMP}|^\s*{_STAMP}\s+-?\s*{_NAME}\s*[:>›»-]", re.IGNORECASE)
_FORWARDED = re.compile(
    r"^\s*(?:fwd?|fw|re|from|forwarded(?: message)?|wg|tr|rv|enc|пересл)\b\s*[:.]|^\s*-{2,}", re.IGNORECASE
)
_FROM = re.compile(rf"^\s*from\s+{_NAME}\s*:", re.IGNORECASE)
_WROTE = re.compile(r"\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|написал[аи]?)\s*:", re.IGNORECASE)
_SPEAKER = re.compile(
    rf"^\s*(?P<who>{_NAME}(?:\s+[\w.'’-]+){{0,7}})\s*(?:[:：](?!\d\d|//|\s*https?://)|[›»|]|->|=>)\s*\S", re.MULTILINE
)


def is_reported(text: str, known: Collection[str]) -> bool:
    """Whether a text has the shape of a message passed on, or puts a speaker or a rule before the words.

    `known` are the words that may stand before a colon in a wish of one's own: `done: 1, 2`.
    """
    if any(shape.search(text) for shape in (_STAMPED, _FORWARDED, _FROM, _WROTE)):
        return True
    return any(not _own_heading(found["who"], known) for found in _SPEAKER.finditer(text))


def _own_heading(before: str, known: Collection[str]) -> bool:
    words = words_of(before)
    return bool(words) and all(word in known or word.isdigit() for word in words)
