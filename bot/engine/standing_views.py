"""The week's plan for those whom the whole week would not help: who is far ahead, and who has been silent for long.

What they read changes from week to week because what is true changes, and because there are several ways on.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.enrollment import Enrollment
from bot.domain.learner import Preferences
from bot.domain.message import Reply
from bot.domain.plan import NextStep, Place, Standing
from bot.domain.roadmap import Roadmap, Task, Week
from bot.domain.schedule import WEEK, moved_to_now
from bot.engine import buttons
from bot.engine.notes import notes_of

SILENCE = 2
"""After so many weeks in which nothing was marked or re-dated a longer list would help nobody."""
LONG_SILENCE = 6
"""After so many, a pause is named as a way too."""


def weeks_ahead(plan: Enrollment, roadmap: Roadmap, shown: Week, day: date) -> int:
    """How many calendar weeks lie between a date and the first week that is still open."""
    return max(1, round((plan.begins_on(shown.first, roadmap) - day) / timedelta(weeks=1)))


def is_settled(plan: Enrollment, where: Place, preferences: Preferences, day: date) -> bool:
    """Whether somebody is ahead and marked nothing since the push before this one, which showed the same week whole."""
    latest = max(plan.completions.values(), default=None)
    return where.standing is Standing.AHEAD and latest is not None and latest < preferences.push_instant(day - WEEK)


def ahead(data: dict[str, object], plan: Enrollment, roadmap: Roadmap, step: NextStep, count: int) -> Reply:
    """How far ahead they are, until when nothing is due, and two things they may like: one forward, one back."""
    here = step.place.week
    done = [w for w in roadmap.weeks if w.first <= here.first and plan.is_complete(w) and notes_of(w)]
    again = done[len(done) // 2] if done else None  # half-way back: long enough ago to be worth a look
    more = {"here": here, "step": step, "again": again, "forward": count % 2 == 0}
    return Reply("weekly_ahead", data | more, buttons.for_ahead(step, again))


def silent_weeks(plan: Enrollment, roadmap: Roadmap, where: Place, preferences: Preferences, day: date) -> int:
    """For how many weeks work has been waiting and nothing was marked or re-dated; 0 for those behind nothing."""
    if not where.left:
        return 0
    latest = max(plan.completions.values(), default=None)
    marked = latest.astimezone(preferences.tz).date() if latest else plan.started_on
    since = max(marked, plan.anchor_on, plan.begins_on(where.left[0].first, roadmap))
    return max(0, (day - since).days // 7)


def small_step(
    data: dict[str, object], plan: Enrollment, roadmap: Roadmap, step: NextStep, moved: Enrollment, weeks: int
) -> Reply:
    """Since when their week is open, one small thing to do, another one each week, and the way to other dates."""
    ways = ("first", "shortest", "quick")
    way = ways[(weeks - SILENCE) % len(ways)]
    task = _shortest(plan, step.week) if way == "shortest" else step.task
    more = {
        "step": step, "way": way, "task": task, "since": plan.begins_on(step.week.first, roadmap),
        "moved_end": moved.ends_on(roadmap), "long": weeks >= LONG_SILENCE,
    }  # fmt: skip
    return Reply("weekly_small", data | more, buttons.for_small_step(task, step.week))


def _shortest(plan: Enrollment, week: Week) -> Task:
    return min(plan.open_tasks(week), key=lambda task: task.hours)


def special(
    data: dict[str, object], plan: Enrollment, roadmap: Roadmap, preferences: Preferences, step: NextStep, day: date,
    now: datetime,
) -> Reply | None:  # fmt: skip
    """The push of those whom the whole week would not help; None for everybody else."""
    silent = silent_weeks(plan, roadmap, step.place, preferences, preferences.today(now))
    if silent >= SILENCE:
        moved = moved_to_now(plan, step.week.first, preferences, now)
        return small_step(data, plan, roadmap, step, moved, silent)
    if is_settled(plan, step.place, preferences, day):
        return ahead(data, plan, roadmap, step, weeks_ahead(plan, roadmap, step.week, day))
    return None
