"""Where a learner stands, what comes next and why, and when the next push is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalog.loader import load_catalog
from bot.domain.delivery import RetryPolicy
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Preferences
from bot.domain.plan import Reason, Standing, next_step, place, progress, streak
from bot.domain.schedule import catches_up, rescheduled
from bot.resources import shipped

A = load_catalog(Path(shipped("content"))).roadmap("ml-engineer-40")
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TOKYO, LOS_ANGELES = Preferences("Asia/Tokyo"), Preferences("America/Los_Angeles")


def plan() -> Enrollment:
    return Enrollment(1, 1, A.id, MONDAY, 12, 1, MONDAY)


def done_through(week: int) -> Enrollment:
    return plan().completed([task for w in A.weeks if w.last <= week for task in w.tasks], NOW)


@pytest.mark.parametrize(
    ("through", "day", "standing"),
    [
        (0, date(2026, 11, 29), Standing.NOT_BEGUN),
        (0, MONDAY, Standing.ON_TRACK),
        (1, MONDAY, Standing.AHEAD),
        (0, date(2026, 12, 7), Standing.BEHIND),
        (1, date(2026, 12, 7), Standing.ON_TRACK),
        (3, date(2027, 12, 1), Standing.PLAN_OVER),
    ],
)
def test_standing_against_the_calendar(through: int, day: date, standing: Standing) -> None:
    assert place(done_through(through), A, day).standing is standing


def test_what_was_left_behind_on_purpose_is_not_brought_up_but_comes_last() -> None:
    skipped = replace(plan(), focus_week=2)
    where = place(skipped, A, date(2026, 12, 7))
    assert (where.standing, where.left) == (Standing.ON_TRACK, ())
    rest = skipped.completed([task for w in A.weeks if w.first > 1 for task in w.tasks], NOW)
    step = next_step(rest, A, date(2026, 12, 7))
    assert step is not None
    assert (step.week.first, step.reason) == (1, Reason.LEFT_OVER)


def test_the_reason_follows_from_where_the_task_lies() -> None:
    first = A.weeks[0].tasks
    one_left = plan().completed(first[:-1], NOW)
    begun = plan().completed(first[:1], NOW)
    found = [next_step(p, A, MONDAY) for p in (plan(), begun, one_left, done_through(1))]
    reasons = [step.reason for step in found if step is not None]
    assert reasons == [Reason.FIRST_OF_WEEK, Reason.IN_ORDER, Reason.LAST_OF_WEEK, Reason.AHEAD]


def test_nothing_is_next_when_all_is_done() -> None:
    assert next_step(done_through(40), A, MONDAY) is None
    assert progress(done_through(40), A, MONDAY, ZoneInfo("UTC")).percent == 100


def test_a_paused_plan_stands_where_it_was_paused() -> None:
    paused = plan().paused(1, MONDAY, None)
    assert place(paused, A, MONDAY + timedelta(weeks=9)).week.first == 1


def test_a_streak_outlives_the_week_that_still_runs_and_no_empty_one() -> None:
    tasks = A.weeks[0].tasks
    one = plan().completed(tasks[:1], NOW).completed(tasks[1:2], NOW + timedelta(weeks=1))
    zone = ZoneInfo("UTC")
    found = [streak(one, MONDAY + timedelta(weeks=n), zone) for n in (0, 1, 2, 3)]
    assert found == [1, 2, 2, 0]


def test_reopening_a_task_wakes_a_finished_plan() -> None:
    over = done_through(40).finished(NOW)
    again = over.reopened([A.weeks[0].tasks[0].id])
    assert (again.state, again.finished_at, len(again.completions)) == (
        EnrollmentState.ACTIVE, None, len(over.completions) - 1,
    )  # fmt: skip


def test_a_first_push_that_went_out_is_not_promised_again_where_it_is_still_the_day_before() -> None:
    pushed = replace(plan(), next_push_on=date(2026, 12, 7), next_push_at=TOKYO.push_instant(date(2026, 12, 7)))
    an_hour_later = TOKYO.push_instant(MONDAY) + timedelta(hours=1)
    found = rescheduled(pushed, LOS_ANGELES, A, an_hour_later, planned=MONDAY)
    assert found.next_push_on == date(2026, 12, 7)
    assert not catches_up(found)


def test_dates_anchored_anew_promise_no_day_that_had_its_push() -> None:
    anchored = plan().anchored(1, MONDAY)
    before_nine = LOS_ANGELES.push_instant(MONDAY) - timedelta(hours=3)
    assert rescheduled(anchored, LOS_ANGELES, A, before_nine).next_push_on == MONDAY
    assert rescheduled(anchored, LOS_ANGELES, A, before_nine, planned=MONDAY).next_push_on == date(2026, 12, 7)


def test_a_push_jumped_over_comes_the_next_day_and_stays_there() -> None:
    owed = date(2026, 12, 7)
    waiting = replace(plan(), next_push_on=owed, next_push_at=LOS_ANGELES.push_instant(owed))
    now = TOKYO.push_instant(owed) + timedelta(hours=4)
    moved = rescheduled(waiting, TOKYO, A, now, planned=MONDAY)
    assert moved.next_push_on == date(2026, 12, 8)
    assert catches_up(moved)
    assert rescheduled(moved, TOKYO, A, now + timedelta(hours=1), planned=MONDAY).next_push_on == date(2026, 12, 8)


def test_what_is_due_and_not_written_down_stays_due() -> None:
    owed = date(2026, 12, 7)
    late = replace(plan(), next_push_on=owed, next_push_at=TOKYO.push_instant(owed))
    now = TOKYO.push_instant(owed) + timedelta(days=2)
    assert rescheduled(late, TOKYO, A, now, planned=MONDAY).next_push_on == owed
    assert rescheduled(late, TOKYO, A, now, planned=owed).next_push_on == date(2026, 12, 14)


@pytest.mark.parametrize("state", [EnrollmentState.FINISHED, EnrollmentState.SHELVED])
def test_nothing_is_owed_for_a_plan_that_does_not_run(state: EnrollmentState) -> None:
    found = rescheduled(replace(plan(), state=state), TOKYO, A, NOW)
    assert (found.next_push_on, found.next_push_at) == (None, None)


def test_tries_wait_longer_each_time_and_end() -> None:
    policy = RetryPolicy()
    waits = [policy.decide(n, NOW, None, 1.0) for n in range(1, 9)]
    lengths = [at - NOW for at in waits if at is not None]
    assert lengths == sorted(lengths)
    assert max(lengths) <= policy.longest
    assert waits[-1] is None


def test_a_platform_that_names_its_wait_is_not_asked_sooner() -> None:
    at = RetryPolicy().decide(1, NOW, timedelta(minutes=17), 0.0)
    assert at == NOW + timedelta(minutes=17)
