"""Times of day as people say them: `18:30`, `7pm`, `half past 6 in the evening`, `shaam 7 baje`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers import number_at
from bot.understanding.tokens import Token

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s?(a\.?m\b\.?|p\.?m\b\.?)?")
_HOUR = re.compile(r"(\d{1,2})(am|pm|h|a|p|uhr|hrs|点|點)")
_USUAL = {"morning": 9, "noon": 12, "afternoon": 15, "evening": 18, "night": 21, "midnight": 0}
_REACH = 3
Clock = tuple[int, int]


def clock_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The time of day that begins at a place as `HH:MM`, and how many tokens it takes."""
    before = _part_before(tokens, at, lexicon)
    start = at + (before[1] if before else 0)
    if before and not _hour_follows(tokens, start, lexicon):
        return (usual_time(before[0]), before[1]) if before[0] in ("noon", "midnight") else None
    if start >= len(tokens):
        return None
    found = _written(tokens, start) or _around_the_hour(tokens, start, lexicon) or _named_hour(tokens, start, lexicon, bool(before))
    if not found:
        return None
    (hour, minute), end, sure = found
    after = _part_after(tokens, end, lexicon)
    part = before[0] if before else after[0] if after else ""
    if not (sure or part) or hour > 24 or minute > 59:
        return None
    end = after[1] if after and not before else end
    return f"{_in_part(hour, part, tokens[end - 1].text) % 24:02d}:{minute:02d}", end - at


def usual_time(part: str) -> str:
    """The hour that `evening` stands for when no hour is said."""
    return f"{_USUAL[part]:02d}:00"


def bare_hour(value: float) -> str | None:
    """An hour said without any mark of time, as in `make it 11`."""
    return f"{int(value):02d}:00" if 0 <= value < 24 and value == int(value) else None


def _written(tokens: Sequence[Token], at: int) -> tuple[Clock, int, bool] | None:
    token = tokens[at]
    if token.kind == "clock" and (match := _CLOCK.fullmatch(token.text)):
        return (_half_day(int(match[1]), match[3] or ""), int(match[2] or 0)), at + 1, True
    match = _HOUR.fullmatch(token.text)
    if match and not (match[2] == "h" and int(match[1]) <= 12 and not _led(tokens, at)):
        return (_half_day(int(match[1]), match[2]), 0), at + 1, True
    return None


def _led(tokens: Sequence[Token], at: int) -> bool:
    """`8h` is eight o'clock only after a word such as `à`; alone it is eight hours."""
    return at > 0 and tokens[at - 1].text in ("a", "as", "at", "les", "las", "um")


def _half_day(hour: int, mark: str) -> int:
    if mark.startswith("p"):
        return hour + 12 if hour < 12 else hour
    return 0 if mark.startswith("a") and hour == 12 else hour


def _around_the_hour(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Clock, int, bool] | None:
    for name, shift in (("half", 30), ("quarter_past", 15), ("quarter_to", -15), ("half_before", -30)):
        count = lexicon.flag(name, tokens, at)
        hour = number_at(tokens, at + count, lexicon) if count and at + count < len(tokens) else None
        if hour and hour[0] <= 24:
            minutes = (int(hour[0]) * 60 + shift) % (24 * 60)
            return (minutes // 60, minutes % 60), at + count + hour[1], True
    return None


def _named_hour(
    tokens: Sequence[Token], at: int, lexicon: Lexicon, after_part: bool
) -> tuple[Clock, int, bool] | None:
    lead = lexicon.flag("at", tokens, at)
    start = at + lead
    if part := lexicon.group("day_parts", tokens, start):
        return ((_USUAL[part[0]], 0), start + part[1], True) if part[0] in ("noon", "midnight") else None
    if start >= len(tokens) or tokens[start].is_break:
        return None
    if lead and (exact := _written(tokens, start) or _around_the_hour(tokens, start, lexicon)):
        return exact
    hour = number_at(tokens, start, lexicon)
    if not hour or hour[0] > 24 or hour[0] != int(hour[0]):
        return None
    end = start + hour[1]
    minutes, end, said = _hour_words(tokens, end, lexicon)
    if not said and (_counts_something(tokens, end, lexicon) or lexicon.flag("task_words", tokens, at - 1) if at else False):
        return None
    return (int(hour[0]), minutes), end, said or bool(lead and lead_is_clock(tokens, at)) or after_part


def lead_is_clock(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word before an hour says that an hour follows (`at 7`), unlike `to 7` or `by 7`."""
    return tokens[at].text not in ("to", "by", "from", "a", "after", "before", "до", "в", "الساعه") or tokens[at].text == "الساعه"


def _hour_words(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int, bool]:
    half = lexicon.flag("half", tokens, at) if at < len(tokens) else 0
    if half:
        return 30, at + half, True
    count = lexicon.flag("oclock", tokens, at) if at < len(tokens) else 0
    if not count:
        return 0, at, False
    if at + count < len(tokens) and tokens[at + count].text == "半":
        return 30, at + count + 1, True
    return 0, at + count, True


def _counts_something(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at < len(tokens) and (bool(lexicon.group("units", tokens, at)) or tokens[at].text in ("%", "-"))


def _part_before(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """A part of the day said before its hour, as Hindi and Chinese do."""
    return lexicon.group("day_parts", tokens, at)


def _part_after(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    for place in range(at, min(at + _REACH, len(tokens))):
        if tokens[place].is_break or tokens[place].kind == "number":
            return None
        if found := lexicon.group("day_parts", tokens, place):
            return found[0], place + found[1]
    return None


def _hour_follows(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    place = at + lexicon.flag("at", tokens, at) if at < len(tokens) else at
    return place < len(tokens) and (tokens[place].kind == "clock" or number_at(tokens, place, lexicon) is not None
                                    or _HOUR.fullmatch(tokens[place].text) is not None)  # fmt: skip


def _in_part(hour: int, part: str, word: str) -> int:
    if part in ("afternoon", "evening") or (part == "night" and hour >= 6):
        return hour + 12 if hour < 12 else hour
    if part == "noon" and hour < 4:
        return hour + 12
    return 0 if hour == 12 and (part in ("midnight", "night") or word == "am") else hour
