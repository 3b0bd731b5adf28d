"""Dates as people type them, and whether they lie where they may."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.errors import BadDate

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = timedelta(days=366)
_LEAD = re.compile(r"^(?:(?:until|till|to|on|from|for|by|in|the)\s+)+", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})?")
_NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<name>[a-z]{3,9})\.?(?:,?\s+(?P<year>\d{4}))?")
_MONTH_FIRST = re.compile(r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?")
_DOTTED_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?![\d.]*\d)")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def without_lead(text: str) -> str:
    """The text without the small words before a date: `until 5 January` is `5 January`."""
    return _LEAD.sub("", text.strip())


def read_date(text: str, today: date) -> date | None:
    """The date a text is, None when it is none. One without a year is the next such day.

    Raises `BadDate` for one that no calendar has, such as 30 February.
    """
    said = without_lead(text).lower()
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    found = next((f for form in (_ISO, _DOTTED, _NAMED, _MONTH_FIRST) if (f := form.fullmatch(said))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = _month(parts.get("name")) if parts.get("name") else int(parts["month"])
    if month is None:
        return None
    return _calendar_day(without_lead(text), parts.get("year"), month, int(parts["day"]), today)


def _month(name: str | None) -> int | None:
    short = (name or "")[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else None


def _calendar_day(said: str, year: str | None, month: int, day: int, today: date) -> date:
    try:
        found = date(int(year) if year else today.year, month, day)
        return found.replace(year=today.year + 1) if year is None and found < today else found
    except ValueError as error:  # also for 29 February, once this year's is over
        raise bad_date(said, today) from error


def with_iso_dates(text: str) -> str:
    """The text with dates such as `15.3.2027` as `2027-03-15`: nobody may read three numbers into one."""
    return _DOTTED_YEAR.sub(_iso, text)


def _iso(found: re.Match[str]) -> str:
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return found[0]


def within(day: date, said: object, first: date, last: date) -> date:
    """The day, if it lies there. Raises `BadDate`."""
    if not first <= day <= last:
        raise bad_date(said, first, last)
    return day


def bad_date(said: object, first: date, last: date | None = None) -> BadDate:
    """A refusal that says which days would do: a year from the first, unless told otherwise."""
    return BadDate(said, today=first, last=last or first + YEAR)
