"""Numbers as people write them: `3`, `3rd`, `two`, `thirty six`, `двадцать`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.tokens import Token

_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th|a|o|e|er|eme|ª|º|वां|ая|ю|ый)")
_LARGEST = 10_000


def number_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """The number at a place, and how many tokens it takes."""
    token = tokens[at]
    if token.kind == "number":
        return (float(token.text), 1) if len(token.text) <= len(str(_LARGEST)) else None
    if ordinal := _ORDINAL.fullmatch(token.text):
        return float(ordinal[1]), 1
    return _spelled(tokens, at, lexicon)


def is_ordinal(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the number at a place is a rank: `3rd`, `third`."""
    return bool(_ORDINAL.fullmatch(tokens[at].text)) or bool(lexicon.flag("ordinals", tokens, at))


def _spelled(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    found = lexicon.group("numbers", tokens, at)
    if not found:
        return None
    value, count = int(found[0]), found[1]
    ones = lexicon.group("numbers", tokens, at + count) if value in (20, 30, 40, 50) else None
    if ones and 1 <= int(ones[0]) <= 9 and not lexicon.flag("single", tokens, at + count):
        return float(value + int(ones[0])), count + ones[1]
    if value == 10 and ones is None and tokens[at].kind == "han":
        return _han_teen(tokens, at, count, lexicon)
    return float(value), count


def _han_teen(tokens: Sequence[Token], at: int, count: int, lexicon: Lexicon) -> tuple[float, int]:
    ones = lexicon.group("numbers", tokens, at + count) if at + count < len(tokens) else None
    return (10.0 + int(ones[0]), count + ones[1]) if ones else (10.0, count)
