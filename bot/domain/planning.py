"""From an enrollment whose push is due to the delivery that is owed, and when the next one will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.learner import Preferences
from bot.domain.schedule import WEEK, following


@dataclass(frozen=True, slots=True)
class Due:
    """An enrollment whose next push lies in the past, with what is needed to plan it."""

    enrollment_id: int
    learner_id: int
    on: date
    over_on: date
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class Planned:
    """The delivery owed, and the local date and instant (UTC) of the next push; None when there is none."""

    delivery: Delivery
    next_on: date | None
    next_at: datetime | None


def planned(due: Due, now: datetime) -> Planned:
    """One delivery for the latest push that is due. Earlier ones that downtime swallowed are counted, not sent."""
    day, missed = _latest(due, now)
    next_on = None if day >= due.over_on else _after(day, due)
    at = due.preferences.push_instant(day)
    over = day >= due.over_on
    delivery = Delivery(
        id=0, enrollment_id=due.enrollment_id, learner_id=due.learner_id,
        kind=DeliveryKind.CHECKIN if over else DeliveryKind.WEEKLY,
        local_date=day, due_at=at, not_before=max(at, due.preferences.loud(now)),
        expires_at=(max(at, now) if over else at) + WEEK,  # after the last one no other comes in its place
        missed=missed,
    )  # fmt: skip
    return Planned(delivery, next_on, due.preferences.push_instant(next_on) if next_on else None)


def _latest(due: Due, now: datetime) -> tuple[date, int]:
    day, missed = due.on, 0
    while day < due.over_on and due.preferences.push_instant(_after(day, due)) <= now:
        day, missed = _after(day, due), missed + 1
    return day, missed


def _after(day: date, due: Due) -> date:
    return min(following(day, due.preferences.weekday), due.over_on)
