"""Wall-clock time: from (date, time of day, zone) to an instant, and back.

A time that the clocks skip means the first instant after the gap; a time that comes twice means its
first occurrence. Cron triggers do neither: they fire twice in an overlap and may skip a day at midnight.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import UnknownZone


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises `UnknownZone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(name) from error


def kept_zone(name: str) -> ZoneInfo:
    """The zone of a name that was kept; UTC when this machine knows it no more, so that nobody else waits for that."""
    try:
        return zone_named(name)
    except UnknownZone:
        return ZoneInfo("UTC")


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `wall` on `day`, by the rules above."""
    local = datetime.combine(day, wall)
    before, after = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if before.astimezone(zone).replace(tzinfo=None) == local:
        return before
    return _first_valid(after, before, zone)


def _first_valid(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The transition between two instants whose offsets differ, to the second, by bisection."""
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The calendar date in `zone` at an instant."""
    return at.astimezone(zone).date()


def next_weekday(after: date, weekday: int) -> date:
    """The first `weekday` (0 = Monday) on or after a date."""
    return after + timedelta(days=(weekday - after.weekday()) % 7)


def nearest_weekday(to: date, weekday: int) -> date:
    """The `weekday` within three days of a date."""
    return next_weekday(to - timedelta(days=3), weekday)


def city_of(zone: str) -> str:
    """The place a zone is named after: `Europe/Berlin` is `Berlin`."""
    return zone.rpartition("/")[2].replace("_", " ")
