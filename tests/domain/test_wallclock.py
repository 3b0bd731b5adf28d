"""Local time to instants across gaps and overlaps, in the zones where schedulers go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnknownZone
from bot.domain.wallclock import instant, nearest_weekday, next_weekday, zone_named

CASES = [
    # zone, date, wall time, expected UTC; what makes it hard
    ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00"),  # gap 02-03: first valid instant after it
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # overlap: the first of the two
    ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:00"),  # gap
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),  # overlap
    ("Australia/Sydney", "2026-10-04", "02:30", "2026-10-03T16:00"),  # gap, southern spring
    ("Australia/Sydney", "2027-04-04", "02:30", "2027-04-03T15:30"),  # overlap
    ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),  # midnight itself is skipped
    ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),  # likewise
    ("America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00"),  # likewise
    ("America/Havana", "2026-11-01", "00:00", "2026-11-01T04:00"),  # midnight comes twice
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),  # a gap of half an hour
    ("Asia/Kolkata", "2026-12-07", "09:00", "2026-12-07T03:30"),  # half-hour offset, no changes
]


@pytest.mark.parametrize(("zone", "day", "wall", "expected"), CASES)
def test_a_wall_time_means_one_instant(zone: str, day: str, wall: str, expected: str) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.times().map(lambda t: t.replace(microsecond=0, second=0)),
)
def test_every_day_has_exactly_one_instant_on_it_and_days_stay_in_order(zone: str, day: date, wall: time) -> None:
    tz = ZoneInfo(zone)
    today, tomorrow = instant(day, wall, tz), instant(day + timedelta(days=1), wall, tz)
    assert today < tomorrow
    local = today.astimezone(tz)
    assert local.replace(tzinfo=None) >= datetime.combine(day, wall)
    assert local.replace(tzinfo=None) - datetime.combine(day, wall) <= timedelta(hours=24)


def test_a_zone_nobody_knows_is_refused() -> None:
    for name in ("Mars/Olympus", "", "../../etc/passwd", "Europe/", "\x00"):
        with pytest.raises(UnknownZone):
            zone_named(name)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 6))
def test_weekdays_are_found_from_any_date(day: date, weekday: int) -> None:
    following, nearest = next_weekday(day, weekday), nearest_weekday(day, weekday)
    assert following.weekday() == nearest.weekday() == weekday
    assert timedelta(0) <= following - day < timedelta(days=7)
    assert abs(nearest - day) <= timedelta(days=3)
