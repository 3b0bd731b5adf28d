"""Where a learner stands, and the one thing to do next. Pure: the same question gets the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.enrollment import Enrollment, EnrollmentState, Slot
from bot.domain.roadmap import Roadmap, Task, Week


class Standing(StrEnum):
    """How the learner stands against the calendar."""

    NOT_BEGUN = "not_begun"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    BEHIND = "behind"
    PLAN_OVER = "plan_over"


class Reason(StrEnum):
    """Why this task and not another."""

    LEFT_OVER = "left_over"
    LAST_OF_WEEK = "last_of_week"
    PROJECT = "project"
    FIRST_OF_WEEK = "first_of_week"
    IN_ORDER = "in_order"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the calendar says a learner is, and the units before it with something left in them."""

    standing: Standing
    week: Week
    slot: Slot | None
    left: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one task to do now. `number` is its place in its week, `open_in_week` how many are open there."""

    task: Task
    week: Week
    number: int
    reason: Reason
    open_in_week: int
    place: Place


def place(enrollment: Enrollment, roadmap: Roadmap, today: date) -> Place:
    """Where the learner stands on a local date. For a paused plan that is where it stood when it was paused."""
    if enrollment.state is EnrollmentState.PAUSED:
        today = enrollment.anchor_on
    slot = enrollment.slot_on(today, roadmap)
    current = _calendar_week(enrollment, roadmap, today, slot)
    left = tuple(w for w in roadmap.weeks if enrollment.focus_week <= w.first < current.first and _open(enrollment, w))
    return Place(_standing(enrollment, roadmap, today, slot, current, left), current, slot, left)


def _calendar_week(enrollment: Enrollment, roadmap: Roadmap, today: date, slot: Slot | None) -> Week:
    if slot is None:
        return roadmap.weeks[0] if today < enrollment.started_on else roadmap.weeks[-1]
    week = roadmap.week(slot.number)
    assert week is not None, "a slot's number always lies inside the roadmap"
    return week


def _standing(
    enrollment: Enrollment, roadmap: Roadmap, today: date, slot: Slot | None, current: Week, left: tuple[Week, ...]
) -> Standing:
    if slot is None:
        return Standing.NOT_BEGUN if today < enrollment.started_on else Standing.PLAN_OVER
    if left:
        return Standing.BEHIND
    return Standing.AHEAD if enrollment.is_complete(current) else Standing.ON_TRACK


def _open(enrollment: Enrollment, week: Week) -> bool:
    return not enrollment.is_complete(week)


def next_step(enrollment: Enrollment, roadmap: Roadmap, today: date) -> NextStep | None:
    """The first open task that matters now, or None when nothing is open any more.

    What is left from an earlier week comes first, then the calendar's week, then whatever lies ahead;
    tasks that were left behind on purpose come last of all.
    """
    where = place(enrollment, roadmap, today)
    week = _week_to_work_on(enrollment, roadmap, where)
    if week is None:
        return None
    open_tasks = enrollment.open_tasks(week)
    task = open_tasks[0]
    reason = _reason(task, week, len(open_tasks), where)
    return NextStep(task, week, week.task_number(task.id), reason, len(open_tasks), where)


def _week_to_work_on(enrollment: Enrollment, roadmap: Roadmap, where: Place) -> Week | None:
    ahead = [w for w in roadmap.weeks if w.first >= where.week.first]
    skipped = [w for w in roadmap.weeks if w.first < where.week.first]
    return next((w for w in [*where.left, *ahead, *skipped] if _open(enrollment, w)), None)


def _reason(task: Task, week: Week, open_count: int, where: Place) -> Reason:
    if week.first < where.week.first:
        return Reason.LEFT_OVER
    if week.first > where.week.first:
        return Reason.AHEAD
    if open_count == 1:
        return Reason.LAST_OF_WEEK
    if task.project:
        return Reason.PROJECT
    return Reason.FIRST_OF_WEEK if open_count == len(week.tasks) else Reason.IN_ORDER


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner has come. `percent` weighs tasks by their hours; `streak` counts weeks in a row."""

    tasks_done: int
    tasks_total: int
    hours_done: float
    hours_total: float
    weeks_done: int
    weeks_total: int
    streak: int
    ends_on: date

    @property
    def percent(self) -> int:
        """Share of the roadmap's hours that is done, rounded down so that 100 means all of it."""
        return int(100 * self.hours_done / self.hours_total) if self.hours_total else 100


def progress(enrollment: Enrollment, roadmap: Roadmap, today: date, zone: ZoneInfo) -> Progress:
    """Totals over the whole roadmap on a local date."""
    tasks = list(roadmap.tasks())
    done = [task for task in tasks if enrollment.is_done(task)]
    return Progress(
        tasks_done=len(done),
        tasks_total=len(tasks),
        hours_done=sum(task.hours for task in done),
        hours_total=sum(task.hours for task in tasks),
        weeks_done=sum(week.span for week in roadmap.weeks if enrollment.is_complete(week)),
        weeks_total=roadmap.length,
        streak=streak(enrollment, today, zone),
        ends_on=enrollment.ends_on(roadmap),
    )


def streak(enrollment: Enrollment, today: date, zone: ZoneInfo) -> int:
    """Weeks in a row, up to this one, in which something was done. The week that still runs never breaks it."""
    active = {_monday(at.astimezone(zone).date()) for at in enrollment.completions.values()}
    week = _monday(today)
    if week not in active:
        week -= timedelta(weeks=1)
    count = 0
    while week in active:
        count, week = count + 1, week - timedelta(weeks=1)
    return count


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
