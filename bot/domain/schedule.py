"""When the next push of a plan is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Preferences
from bot.domain.roadmap import Roadmap
from bot.domain.wallclock import nearest_weekday, next_weekday

WEEK = timedelta(weeks=1)


def rescheduled(enrollment: Enrollment, preferences: Preferences, roadmap: Roadmap, now: datetime) -> Enrollment:
    """With its next push worked out anew: the first one of the plan that lies after `now`, and not before the one that
    was next so far, since all before that one went out already. A plan that was anchored anew owes none yet.

    Nothing is due for a plan that is over, finished, shelved, or paused without an end.
    """
    over_on = enrollment.starts_on(roadmap.length + 1, roadmap)
    day = _next_day(enrollment, preferences, roadmap, now)
    if day is None or day > over_on:
        return replace(enrollment, next_push_on=None, next_push_at=None, over_on=over_on)
    return replace(enrollment, next_push_on=day, next_push_at=preferences.push_instant(day), over_on=over_on)


def _next_day(enrollment: Enrollment, preferences: Preferences, roadmap: Roadmap, now: datetime) -> date | None:
    if enrollment.state is EnrollmentState.PAUSED:
        return enrollment.paused_until
    if enrollment.state is not EnrollmentState.ACTIVE:
        return None
    today = preferences.today(now)
    if _waits_for_its_start(enrollment, today) and preferences.push_instant(enrollment.started_on) > now:
        return enrollment.started_on  # the first plan comes on the day that was chosen, whatever weekday it is
    first = enrollment.starts_on(1, roadmap)
    if enrollment.anchor_week > 1 and today < enrollment.anchor_on:
        first = enrollment.anchor_on + WEEK  # the anchored week runs already, and was shown when it was moved
    day = enrollment.next_boundary(max(today, first, enrollment.next_push_on or first))
    return day if preferences.push_instant(day) > now else day + WEEK


def _waits_for_its_start(enrollment: Enrollment, today: date) -> bool:
    first_is_next = today < enrollment.started_on or enrollment.next_push_on == enrollment.started_on
    return enrollment.anchor_week == 1 and first_is_next


def first_week_begins(start: date, weekday: int) -> date:
    """The date week 1 counts from when a learner starts on `start`: the nearest push weekday.

    So the first week has four to ten days, and every later one begins with a push.
    """
    return nearest_weekday(start, weekday)


def moved_to_weekday(enrollment: Enrollment, weekday: int, roadmap: Roadmap, today: date) -> Enrollment:
    """With weeks beginning on another weekday: the running week grows or shrinks by up to three days."""
    slot = enrollment.slot_on(today, roadmap)
    number = slot.number if slot else enrollment.anchor_week
    before = slot.starts_on if slot else enrollment.anchor_on
    unmoved = enrollment.anchor_week == 1 and number == 1
    after = nearest_weekday(enrollment.started_on if unmoved else before, weekday)
    upcoming = enrollment.next_push_on
    if upcoming and after < before and upcoming + (after - before) <= today:
        after += WEEK  # the running week grows, so that the next one's plan still has a day to come on
    moved = enrollment.anchored(number, after)
    return replace(moved, next_push_on=upcoming + (after - before) if upcoming else None)


def following(day: date, weekday: int) -> date:
    """The push day after one: the first such weekday at least four days on, since the very first push may come on any
    day within three of it."""
    return next_weekday(day + timedelta(days=4), weekday)


def moved_to_now(enrollment: Enrollment, week: int, preferences: Preferences, now: datetime) -> Enrollment:
    """With roadmap week `week` as the week that runs now; the rest follows from it."""
    today = preferences.today(now)
    begun = replace(enrollment, started_on=min(enrollment.started_on, today))  # a later start is given up by this
    return begun.anchored(week, nearest_weekday(today, preferences.weekday))


def back_on(until: date, weekday: int) -> date:
    """The date a paused plan goes on: the first push weekday on or after the one asked for."""
    return next_weekday(until, weekday)
