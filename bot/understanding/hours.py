"""An hour of the day without its part of the day: `18:30`, `7pm`, `half past 6`, `at 7`, `um 18 Uhr`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers import number_at
from bot.understanding.tokens import Token

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s?(a\.?m\b\.?|p\.?m\b\.?)?")
_SHORT = re.compile(r"(\d{1,2})(am|pm|h|a|p|uhr|hrs|点|點)")
_SHIFTS = (("half", 30), ("quarter_past", 15), ("quarter_to", -15), ("half_before", -30))
_SIDES = {"to": -1, "till": -1, "past": 1, "after": 1}
_MINUTES = (5.0, 10.0, 20.0, 25.0)
_LEADS_TO_A_CLOCK = frozenset(("a", "as", "at", "les", "las", "um"))
_VAGUE_LEADS = frozenset(("to", "by", "from", "a", "after", "before", "до", "в"))
_LAST_BARE_H = 12
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hour:
    """A time read up to a token. It is sure when nothing but a time is said like that."""

    hour: int
    minute: int
    end: int
    sure: bool


def hour_at(tokens: Sequence[Token], at: int, lexicon: Lexicon, after_part: bool = False) -> Hour | None:
    """The hour that begins at a place. After a part of the day (`shaam 7`), a bare number is one."""
    lead = lexicon.flag("at", tokens, at)
    start = at + lead
    if start >= len(tokens) or tokens[start].is_break:
        return None
    shifted = _shifted(tokens, start, lexicon) or _minutes_about(tokens, start, lexicon)
    return (
        _written(tokens, start)
        or shifted
        or _joined(tokens, at, start, lexicon)
        or _named(tokens, at, start, lexicon, after_part)
    )


def _written(tokens: Sequence[Token], at: int) -> Hour | None:
    token = tokens[at]
    match = _CLOCK.fullmatch(token.text) if token.kind == "clock" else _SHORT.fullmatch(token.text)
    if not match:
        return None
    if token.kind == "clock":
        return Hour(_half_day(int(match[1]), match[3] or ""), int(match[2] or 0), at + 1, True)
    if match[2] == "h" and int(match[1]) <= _LAST_BARE_H and not (at and tokens[at - 1].text in _LEADS_TO_A_CLOCK):
        return None  # `8h` alone is eight hours; `à 8h` is eight o'clock
    return Hour(_half_day(int(match[1]), match[2]), 0, at + 1, True)


def _half_day(hour: int, mark: str) -> int:
    if mark.startswith("p"):
        return hour + 12 if hour < 12 else hour
    return 0 if mark.startswith("a") and hour == 12 else hour


def _shifted(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Hour | None:
    """`half past 6`, `quarter to 8`, and the German `halb 7`, which is half past six."""
    for name, shift in _SHIFTS:
        count = lexicon.flag(name, tokens, at)
        hour = number_at(tokens, at + count, lexicon) if count and at + count < len(tokens) else None
        if hour and hour[0] <= 24:
            minutes = (int(hour[0]) * 60 + shift) % _DAY
            return Hour(minutes // 60, minutes % 60, at + count + hour[1], True)
    return None


def _minutes_about(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Hour | None:
    """`ten to eight` and `five past seven`, and the British `half seven`. Only with a part of the day is it sure."""
    if tokens[at].text == "half":
        shift, place = 30, at + 1
    else:
        minutes = number_at(tokens, at, lexicon)
        place = at + minutes[1] if minutes else at
        side = _SIDES.get(tokens[place].text) if minutes and minutes[0] in _MINUTES and place < len(tokens) else None
        if not minutes or side is None:
            return None
        shift, place = side * int(minutes[0]), place + 1
    exact = _written(tokens, place) if place < len(tokens) else None
    if exact and not exact.minute:  # `half 8 pm`
        total = (exact.hour * 60 + shift) % _DAY
        return Hour(total // 60, total % 60, exact.end, True)
    hour = number_at(tokens, place, lexicon) if place < len(tokens) else None
    if not hour or not 1 <= hour[0] <= _LAST_BARE_H or _counts(tokens, place + hour[1], lexicon):
        return None
    total = (int(hour[0]) * 60 + shift) % _DAY
    return Hour(total // 60, total % 60, place + hour[1], False)


def _joined(tokens: Sequence[Token], at: int, start: int, lexicon: Lexicon) -> Hour | None:
    """`1930`, after a day or a word such as `at`."""
    text = tokens[start].text
    led = start > at or (at > 0 and bool(lexicon.group("days", tokens, at - 1)))
    if not led or tokens[start].kind != "number" or len(text) != len("1930") or not text.isdigit():
        return None
    hour, minute = int(text[:2]), int(text[2:])
    return Hour(hour, minute, start + 1, True) if hour < 24 and minute < 60 and minute % 5 == 0 else None


def _named(tokens: Sequence[Token], at: int, start: int, lexicon: Lexicon, after_part: bool) -> Hour | None:
    number = number_at(tokens, start, lexicon)
    if not number or number[0] > 24 or number[0] != int(number[0]):
        return None
    minute, end, said = _after_number(tokens, start + number[1], lexicon)
    if not said and start == at and _is_article(tokens, at, lexicon):
        return None
    if not said and (_counts(tokens, end, lexicon) or _numbers_a_task(tokens, at, lexicon)):
        return None
    led = start > at and tokens[at].text not in _VAGUE_LEADS
    return Hour(int(number[0]), minute, end, said or led or after_part)


def _after_number(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int, bool]:
    """The minutes said after an hour, where they end, and whether a word such as `o'clock` was said."""
    if at >= len(tokens):
        return 0, at, False
    if half := lexicon.flag("half", tokens, at):
        return 30, at + half, True
    count = lexicon.flag("oclock", tokens, at)
    if count and at + count < len(tokens) and tokens[at + count].text == "半":
        return 30, at + count + 1, True
    return 0, at + count, bool(count)


def _is_article(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """`un recordatorio para mañana` names no hour; `one pm` does."""
    return tokens[at].text != "one" and bool(lexicon.flag("single", tokens, at))


def _counts(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at < len(tokens) and (bool(lexicon.group("units", tokens, at)) or tokens[at].text in ("%", "-"))


def _numbers_a_task(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at > 0 and bool(lexicon.flag("task_words", tokens, at - 1))
