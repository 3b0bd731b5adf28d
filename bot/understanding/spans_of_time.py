"""Lengths of time as people say them: `2 weeks`, `half an hour`, `a couple of days`, `неделю`, `يومين`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers import is_ordinal, number_at
from bot.understanding.tokens import Token

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 7 * 1440, "months": 30 * 1440}
_SHORT = re.compile(r"(\d{1,3})(min|mins|m|h|hr|hrs|d|w)")
_SHORT_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BARE = frozenset({"seminggu", "неделю", "час", "месяц", "минуту", "день", "أسبوع", "اسبوع", "شهر", "ساعه", "يوم"})
_LEAP = 2


def length_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The length of time that begins at a place, in minutes, and how many tokens it takes."""
    if whole := _one_word(tokens, at, lexicon):
        return whole, _words_of_one(tokens, at, lexicon)
    if half := _half(tokens, at, lexicon):
        return half
    number = number_at(tokens, at, lexicon) or _counted(tokens, at, lexicon)
    if not number or number[0] > 400 or is_ordinal(tokens, at, lexicon):
        return None
    end = at + number[1]
    for place in range(end, min(end + _LEAP, len(tokens))):
        if unit := lexicon.group("units", tokens, place):
            if place > end and _numbered(tokens, place + unit[1], lexicon):
                return None  # `2 of week 3` counts tasks
            return int(number[0] * _MINUTES[unit[0]]), place + unit[1] - at
        if tokens[place].text not in ("more", "of", "to", "full", "whole", "个", "or"):
            break
    return None


def as_slots(minutes: int) -> Mapping[str, int]:
    """The same length in the largest unit that divides it, as slots."""
    for name in ("days", "hours"):
        if minutes % _MINUTES[name] == 0:
            return {name: minutes // _MINUTES[name]}
    return {"minutes": minutes}


def _one_word(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    token = tokens[at]
    short = _SHORT.fullmatch(token.text)
    if short and not (short[2] == "h" and int(short[1]) > 12):
        return int(short[1]) * _MINUTES[_SHORT_UNITS[short[2][0]]]
    if pair := lexicon.group("pairs", tokens, at):
        return 2 * _MINUTES[pair[0]]
    if lexicon.flag("half_unit", tokens, at):
        return 30
    if token.text == "fortnight":
        return 2 * _MINUTES["weeks"]
    unit = lexicon.group("units", tokens, at) if token.text in _BARE and at else None
    return _MINUTES[unit[0]] if unit and not _numbered(tokens, at + unit[1], lexicon) else 0


def _numbered(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at < len(tokens) and number_at(tokens, at, lexicon) is not None


def _words_of_one(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    return lexicon.flag("half_unit", tokens, at) or 1


def _counted(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """A word that is a number before a unit only, as `do` is in Hindi."""
    found = lexicon.group("counted", tokens, at)
    return (float(found[0]), found[1]) if found else None


def _half(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    if tokens[at].text != "half":
        return None
    for place in range(at + 1, min(at + 3, len(tokens))):
        if unit := lexicon.group("units", tokens, place):
            return _MINUTES[unit[0]] // 2, place + unit[1] - at
    return None
