"""How roadmap weeks fall on the calendar, whatever a learner does to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.loader import load_catalog
from bot.domain.delivery import DeliveryKind
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Preferences, QuietHours
from bot.domain.plan import Standing, next_step, place
from bot.domain.planning import Due, planned
from bot.domain.schedule import first_week_begins, moved_to_now, moved_to_weekday, rescheduled
from bot.resources import shipped

CATALOG = load_catalog(Path(shipped("content")))
A, B = CATALOG.roadmap("ml-engineer-40"), CATALOG.roadmap("full-stack-ml-36")
MONDAY = date(2026, 11, 30)
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Havana",
    "UTC",
]
roadmaps = st.sampled_from([A.id, B.id])
hours = st.integers(1, 80).map(float)
days = st.dates(date(2026, 1, 1), date(2029, 1, 1))


def plan_of(roadmap_id: str, start: date, hours: float, weekday: int = 0) -> Enrollment:
    return Enrollment(1, 1, roadmap_id, start, hours, 1, first_week_begins(start, weekday))


def test_at_the_hours_it_asks_for_a_roadmap_lasts_its_own_length() -> None:
    plan = plan_of(A.id, MONDAY, 12)
    assert plan.ends_on(A) == MONDAY + timedelta(weeks=40) - timedelta(days=1)
    assert [plan.starts_on(n, A) for n in (1, 2, 40)] == [MONDAY + timedelta(weeks=n - 1) for n in (1, 2, 40)]


def test_half_the_hours_take_twice_as_long() -> None:
    assert plan_of(B.id, MONDAY, 10).ends_on(B) == MONDAY + timedelta(weeks=72) - timedelta(days=1)


@given(roadmaps, days, hours, st.integers(0, 6))
def test_every_calendar_week_of_a_plan_is_one_slot_in_order(roadmap: str, start: date, h: float, weekday: int) -> None:
    r = CATALOG.roadmap(roadmap)
    plan = plan_of(r.id, start, h, weekday)
    day, numbers = max(start, plan.anchor_on), []
    while day <= plan.ends_on(r):
        slot = plan.slot_on(day, r)
        assert slot is not None
        assert 1 <= slot.part <= slot.parts
        numbers.append(slot.number)
        day += timedelta(weeks=1)
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, r.length + 1))


@given(days, hours, st.integers(0, 6), st.integers(0, 6), st.integers(0, 300))
def test_another_weekday_keeps_the_running_week(start: date, h: float, old: int, new: int, later: int) -> None:
    plan = plan_of(B.id, start, h, old)
    today = start + timedelta(days=later)
    before = plan.slot_on(today, B)
    moved = moved_to_weekday(plan, new, B, today)
    after = moved.slot_on(today, B)
    if before is not None and after is not None:
        assert abs(after.number - before.number) <= 1
    assert moved.anchor_on.weekday() == new


@given(days, hours, st.integers(0, 6), st.integers(0, 6), st.integers(1, 14))
def test_another_weekday_before_the_start_leaves_the_first_week_four_to_ten_days(
    start: date, h: float, old: int, new: int, days_before: int
) -> None:
    plan = plan_of(B.id, start, h, old)
    moved = moved_to_weekday(plan, new, B, start - timedelta(days=days_before))
    assert 4 <= (moved.anchor_on + timedelta(weeks=1) - start).days <= 10


@given(days, hours, st.integers(1, 36), st.integers(0, 6))
def test_a_week_moved_to_now_runs_now(start: date, h: float, week: int, weekday: int) -> None:
    plan = plan_of(B.id, start, h, weekday)
    now = datetime.combine(start, time(12), UTC) + timedelta(days=100)
    moved = moved_to_now(plan, week, Preferences(weekday=weekday), now)
    slot = moved.slot_on(now.date(), B)
    assert slot is not None
    assert slot.number == week


@given(
    st.sampled_from(ZONES), st.times(), st.times(), st.times(), st.integers(0, 6), days, st.integers(0, 60 * 24 * 400)
)
def test_the_next_push_lies_ahead_and_never_in_quiet_hours(
    zone: str, wall: time, quiet_from: time, quiet_to: time, weekday: int, start: date, minutes: int
) -> None:
    wall, quiet_from, quiet_to = (t.replace(second=0, microsecond=0) for t in (wall, quiet_from, quiet_to))
    preferences = Preferences(zone, weekday, wall, QuietHours(quiet_from, quiet_to))
    now = datetime.combine(start, time(0), UTC) + timedelta(minutes=minutes)
    found = rescheduled(plan_of(B.id, start, 20, weekday), preferences, B, now)
    if found.next_push_at is None:
        assert now.date() >= found.over_on - timedelta(days=9)  # type: ignore[operator]
    else:
        assert found.next_push_at > now
        local = found.next_push_at.astimezone(preferences.tz)
        gap = preferences.loud(found.next_push_at) != found.next_push_at
        assert not gap, f"{local} lies in the quiet hours"


def test_weeks_of_downtime_owe_one_delivery_and_count_the_rest() -> None:
    preferences = Preferences("Europe/Berlin")
    due = Due(1, 1, MONDAY, MONDAY + timedelta(weeks=36), preferences)
    late = planned(due, datetime(2026, 12, 24, 12, tzinfo=UTC))
    assert late.delivery.local_date == date(2026, 12, 21)
    assert late.delivery.missed == 3
    assert late.next_on == date(2026, 12, 28)


def test_the_day_after_the_last_week_is_a_check_in_and_the_end() -> None:
    over = MONDAY + timedelta(weeks=36)
    last = planned(Due(1, 1, over, over, Preferences("UTC")), datetime.combine(over, time(9, 1), UTC))
    assert last.delivery.kind is DeliveryKind.CHECKIN
    assert last.next_at is None


def test_a_paused_plan_without_an_end_is_never_due() -> None:
    plan = plan_of(B.id, MONDAY, 20).paused(3, MONDAY, None)
    assert rescheduled(plan, Preferences("UTC"), B, datetime(2026, 12, 20, tzinfo=UTC)).next_push_at is None


def test_what_is_left_comes_before_this_week_and_what_was_left_behind_comes_last() -> None:
    plan = plan_of(B.id, MONDAY, 20)
    today = MONDAY + timedelta(weeks=2)
    assert place(plan, B, today).standing is Standing.BEHIND
    step = next_step(plan, B, today)
    assert step is not None
    assert step.week.first == 1
    skipped = Enrollment(**{**_fields(plan), "focus_week": 3})
    step = next_step(skipped, B, today)
    assert step is not None
    assert step.week.first == 3
    later = [task for week in B.weeks if week.first >= 3 for task in week.tasks]
    step = next_step(skipped.completed(later, datetime.now(UTC)), B, today)
    assert step is not None
    assert step.week.first == 1


def test_when_nothing_is_open_there_is_no_next_step() -> None:
    plan = plan_of(B.id, MONDAY, 20).completed(B.tasks(), datetime.now(UTC))
    assert next_step(plan, B, MONDAY) is None
    assert plan.state is EnrollmentState.ACTIVE


def _fields(plan: Enrollment) -> dict[str, object]:
    return {name: getattr(plan, name) for name in plan.__slots__}
