"""A learner on a roadmap: what is done, and how roadmap weeks fall on the calendar.

The calendar hangs on one *anchor*: roadmap week `anchor_week` begins on `anchor_on`. Every other week
follows from it by the pace, so moving the plan (a pause, new dates, another weekday) is one new anchor
and never touches what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor

from bot.domain.roadmap import Roadmap, Task, Week


class EnrollmentState(StrEnum):
    """`shelved` is a roadmap put aside for another, its progress kept."""

    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"
    SHELVED = "shelved"


@dataclass(frozen=True, slots=True)
class Slot:
    """One calendar week of a plan: roadmap week `number`, its `part` of `parts` at the learner's pace."""

    number: int
    starts_on: date
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One learner on one roadmap. `completions` maps task ids to the instant they were marked done;
    open tasks of weeks before `focus_week` were left behind on purpose and are not brought up again.

    `next_push_on` (local date), `next_push_at` (UTC) and `over_on` (the day after the plan) are worked
    out by `bot.domain.schedule` and kept here so that due learners can be found by an index.
    """

    id: int
    learner_id: int
    roadmap_id: str
    started_on: date
    hours: float
    anchor_week: int
    anchor_on: date
    state: EnrollmentState = EnrollmentState.ACTIVE
    paused_until: date | None = None
    finished_at: datetime | None = None
    focus_week: int = 1
    next_push_on: date | None = None
    next_push_at: datetime | None = None
    over_on: date | None = None
    completions: Mapping[str, datetime] = field(default_factory=dict)

    # What is done ---------------------------------------------------------------------------------

    def is_done(self, task: Task) -> bool:
        """Whether a task is marked done."""
        return task.id in self.completions

    def open_tasks(self, week: Week) -> tuple[Task, ...]:
        """The tasks of a unit that are not done yet, in order."""
        return tuple(task for task in week.tasks if not self.is_done(task))

    def is_complete(self, week: Week) -> bool:
        """Whether every task of a unit is done."""
        return not self.open_tasks(week)

    def completed(self, tasks: Iterable[Task], now: datetime) -> Enrollment:
        """With tasks marked done. Those already done keep the instant they were first marked."""
        added = {task.id: now for task in tasks if task.id not in self.completions}
        return replace(self, completions={**self.completions, **added})

    def reopened(self, task_ids: Iterable[str]) -> Enrollment:
        """With tasks open again, and the enrollment active again if it had been finished by them."""
        gone = set(task_ids)
        left = {task: at for task, at in self.completions.items() if task not in gone}
        state = EnrollmentState.ACTIVE if self.state is EnrollmentState.FINISHED else self.state
        return replace(self, completions=left, state=state, finished_at=None)

    def finished(self, now: datetime) -> Enrollment:
        """At its end, by the learner's own word or because everything is done."""
        return replace(self, state=EnrollmentState.FINISHED, finished_at=now)

    # The calendar ---------------------------------------------------------------------------------

    def pace(self, roadmap: Roadmap) -> float:
        """Calendar weeks for one roadmap week: 1 with the hours the roadmap asks for, more with fewer."""
        return max(1.0, roadmap.hours_low / self.hours)

    def starts_on(self, number: int, roadmap: Roadmap) -> date:
        """The local date on which roadmap week `number` begins. One past the last is the day after the plan."""
        weeks = floor(self.pace(roadmap) * (number - self.anchor_week) + 1e-9)
        return self.anchor_on + timedelta(weeks=weeks)

    def begins_on(self, number: int, roadmap: Roadmap) -> date:
        """The date a learner is told for a week's beginning: for the first one the day that was chosen, which need be
        no push weekday, and for none a day before it."""
        first = number == 1 and self.anchor_week == 1
        return self.started_on if first else max(self.started_on, self.starts_on(number, roadmap))

    def ends_on(self, roadmap: Roadmap) -> date:
        """The last day of the plan."""
        return self.starts_on(roadmap.length + 1, roadmap) - timedelta(days=1)

    def slot_on(self, day: date, roadmap: Roadmap) -> Slot | None:
        """The calendar week a date falls in: None before the plan begins or after it ends.

        The anchored week runs already in the days before its anchor: somebody who comes back on a Saturday
        has until the Sunday of the week after.
        """
        if day < self.started_on or day > self.ends_on(roadmap):
            return None
        number = self.anchor_week
        while number < roadmap.length and self.starts_on(number + 1, roadmap) <= day:
            number += 1
        start, end = self.starts_on(number, roadmap), self.starts_on(number + 1, roadmap)
        return Slot(number, start, max(1, (day - start).days // 7 + 1), max(1, (end - start).days // 7))

    def next_boundary(self, day: date) -> date:
        """The first date on or after `day` on which a calendar week of the plan begins."""
        return self.anchor_on + timedelta(days=-((self.anchor_on - day).days // 7) * 7)

    def anchored(self, week: int, on: date) -> Enrollment:
        """With roadmap week `week` beginning on a date, and all others following from it; none of it pushed yet."""
        return replace(self, anchor_week=week, anchor_on=on, next_push_on=None)

    def with_hours(self, hours: float, week: int, roadmap: Roadmap, today: date) -> Enrollment:
        """With other hours a week from roadmap week `week` on, the one that runs. Where the new pace would have it over
        already, it runs to the end of its calendar week, so that the next one begins with its plan."""
        begins = self.starts_on(week, roadmap)
        changed = replace(self, hours=hours).anchored(week, begins)
        while begins <= today and changed.starts_on(week + 1, roadmap) <= today:
            begins += timedelta(weeks=1)
            changed = changed.anchored(week, begins)
        return changed

    def paused(self, week: int, on: date, until: date | None) -> Enrollment:
        """Paused, with roadmap week `week` to begin anew on a date: `until` if it is known, else a stand-in."""
        return replace(self.anchored(week, on), state=EnrollmentState.PAUSED, paused_until=until)

    def resumed(self, on: date) -> Enrollment:
        """Active again, with the week it was paused in beginning anew on a date."""
        begun = min(self.started_on, on)
        return replace(
            self.anchored(self.anchor_week, on), state=EnrollmentState.ACTIVE, paused_until=None, started_on=begun
        )

    @property
    def next_plan_at(self) -> datetime | None:
        """When the next week's plan comes; None when what comes next is the look back on the day after the last."""
        return self.next_push_at if self.next_push_on != self.over_on else None

    def shelved(self) -> Enrollment:
        """Put aside for another roadmap, its progress kept."""
        return replace(self, state=EnrollmentState.SHELVED)
