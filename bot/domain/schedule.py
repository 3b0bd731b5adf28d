"""When the next push of a plan is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Preferences
from bot.domain.roadmap import Roadmap
from bot.domain.wallclock import nearest_weekday, next_weekday

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def rescheduled(
    enrollment: Enrollment, preferences: Preferences, roadmap: Roadmap, now: datetime, planned: date | None = None
) -> Enrollment:
    """With its next push worked out anew: the first one of the plan that lies after `now`, and not before the one that
    was next so far, since all before that one went out already. A plan that was anchored anew owes none yet.

    `planned` is the local date of the latest push that went out or is on its way: no other comes for that date or an
    earlier one, whatever clocks are put back. Nothing is due for a plan that is over, finished, shelved, or paused
    without an end.
    """
    over_on = enrollment.starts_on(roadmap.length + 1, roadmap)
    day = _next_day(enrollment, preferences, roadmap, now, planned)
    if day is None or day > over_on:
        return replace(enrollment, next_push_on=None, next_push_at=None, over_on=over_on)
    return replace(enrollment, next_push_on=day, next_push_at=preferences.push_instant(day), over_on=over_on)


def _next_day(
    enrollment: Enrollment, preferences: Preferences, roadmap: Roadmap, now: datetime, planned: date | None
) -> date | None:
    if enrollment.state is EnrollmentState.PAUSED:
        return enrollment.paused_until
    if enrollment.state is not EnrollmentState.ACTIVE:
        return None
    today = preferences.today(now)
    free = planned + DAY if planned else date.min
    if _waits_for_its_start(enrollment, today, free) and preferences.push_instant(enrollment.started_on) > now:
        return enrollment.started_on  # the first plan comes on the day that was chosen, whatever weekday it is
    owed = _owed(enrollment, preferences, now, free)
    if owed is not None:
        return owed
    first = enrollment.starts_on(1, roadmap)
    if enrollment.anchor_week > 1 and today < enrollment.anchor_on:
        first = enrollment.anchor_on + WEEK  # the anchored week runs already, and was shown when it was moved
    day = enrollment.next_boundary(max(today, free, first, enrollment.next_push_on or first))
    return day if preferences.push_instant(day) > now else day + WEEK


def _waits_for_its_start(enrollment: Enrollment, today: date, free: date) -> bool:
    first_is_next = today < enrollment.started_on or enrollment.next_push_on == enrollment.started_on
    return enrollment.anchor_week == 1 and first_is_next and free <= enrollment.started_on


def _owed(enrollment: Enrollment, preferences: Preferences, now: datetime, free: date) -> date | None:
    """The day of a push that was promised and must not be lost, where no week of the plan begins on that day.

    One that is due and not written down yet stays due. One that new clocks jumped over, since there it is past the hour
    already, comes on the next day instead, and stays there.
    """
    day, at = enrollment.next_push_on, enrollment.next_push_at
    if day is None or at is None or day < free:
        return None
    if at <= now:
        return day
    if preferences.push_instant(day) > now:
        return None if enrollment.next_boundary(day) == day else day
    return day if day == enrollment.over_on else preferences.today(now) + DAY


def catches_up(enrollment: Enrollment) -> bool:
    """Whether the next push comes on another day than the plan's own, because new clocks jumped over that one."""
    day = enrollment.next_push_on
    return day is not None and day not in (enrollment.next_boundary(day), enrollment.started_on, enrollment.over_on)


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
    begun = not unmoved or enrollment.started_on <= today
    if begun and upcoming and after < before and upcoming + (after - before) <= today:
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
