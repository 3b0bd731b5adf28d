"""Times of day as people say them: `18:30`, `7 in the evening`, `noon`, `shaam 7 baje`, `早上八点`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.hours import Hour, hour_at
from bot.understanding.lexicon import Lexicon
from bot.understanding.tokens import Token

_USUAL = {"morning": 9, "noon": 12, "afternoon": 15, "evening": 18, "night": 21, "midnight": 0}
_EXACT = ("noon", "midnight")
_REACH = 3


def clock_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The time of day that begins at a place as `HH:MM`, and how many tokens it takes."""
    part, start = _part_before(tokens, at, lexicon)
    hour = hour_at(tokens, start, lexicon, after_part=bool(part)) if start < len(tokens) else None
    if hour is None:
        return (usual_time(part), start - at) if part in _EXACT else None
    end = hour.end
    if not part:
        part, end = _part_after(tokens, hour.end, lexicon)
    if not (hour.sure or part) or hour.hour > 24 or hour.minute > 59:
        return None
    return f"{_in_part(hour, part, tokens[end - 1].text) % 24:02d}:{hour.minute:02d}", end - at


def usual_time(part: str) -> str:
    """The hour that `evening` stands for when no hour is said."""
    return f"{_USUAL[part]:02d}:00"


def bare_hour(value: float) -> str | None:
    """An hour said without any mark of time, as in `make it 11`."""
    return f"{int(value):02d}:00" if 0 <= value < 24 and value == int(value) else None


def _part_before(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """A part of the day said before its hour, as Hindi and Chinese do, and where the hour would begin."""
    lead = lexicon.flag("at", tokens, at)
    found = lexicon.group("day_parts", tokens, at) or (lexicon.group("day_parts", tokens, at + lead) if lead else None)
    if not found:
        return "", at
    skipped = 0 if lexicon.group("day_parts", tokens, at) else lead
    return found[0], at + skipped + found[1]


def _part_after(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int]:
    for place in range(at, min(at + _REACH, len(tokens))):
        if tokens[place].is_break or tokens[place].kind == "number" or tokens[place].text == "last":
            break  # `3 last night` is a task and when it was done
        if found := lexicon.group("day_parts", tokens, place):
            return found[0], place + found[1]
    return "", at


def _in_part(hour: Hour, part: str, word: str) -> int:
    """The hour of 24, once the part of the day is known."""
    if part in ("afternoon", "evening") or (part == "night" and hour.hour >= 6):
        late = hour.hour + 12 if hour.hour < 12 else hour.hour
        return 0 if part == "night" and hour.hour == 12 else late
    if part == "noon" and hour.hour < 4:
        return hour.hour + 12
    return 0 if hour.hour == 12 and (part in ("midnight", "night") or word == "am") else hour.hour
