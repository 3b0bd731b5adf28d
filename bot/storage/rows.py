"""Rows to domain values and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.domain.delivery import PRIORITY, Delivery, DeliveryKind, DeliveryState
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Learner, Preferences, QuietHours

Fields = dict[str, Any]
SCALARS = (
    "started_on", "hours", "anchor_week", "anchor_on", "paused_until", "finished_at", "focus_week",
    "next_push_on", "next_push_at", "over_on",
)  # fmt: skip


def to_learner(row: Row[Any]) -> Learner:
    """A row of `learners`."""
    quiet = QuietHours(row.quiet_start, row.quiet_end)
    preferences = Preferences(row.zone, row.weekday, row.push_time, quiet, row.platform, row.locale, row.place)
    return Learner(
        row.id, row.name, row.created_at, preferences, row.asked, row.shown_week, row.last_push_on, row.seen_on,
        row.offered,
    )  # fmt: skip


def from_preferences(preferences: Preferences) -> Fields:
    """The columns of `learners` that hold preferences."""
    return {
        "zone": preferences.zone, "weekday": preferences.weekday, "push_time": preferences.push_time,
        "quiet_start": preferences.quiet.start, "quiet_end": preferences.quiet.end,
        "platform": preferences.platform, "locale": preferences.locale,
        "place": preferences.place,
    }  # fmt: skip


def to_enrollment(row: Row[Any], completions: Mapping[str, datetime]) -> Enrollment:
    """A row of `enrollments` with the tasks done on it."""
    fields = {name: getattr(row, name) for name in SCALARS}
    return Enrollment(
        id=row.id, learner_id=row.learner_id, roadmap_id=row.roadmap_id, state=EnrollmentState(row.state),
        completions=completions, **fields,
    )  # fmt: skip


def from_enrollment(enrollment: Enrollment) -> Fields:
    """The columns of `enrollments`, but for the id."""
    fields = {name: getattr(enrollment, name) for name in SCALARS}
    return fields | {
        "learner_id": enrollment.learner_id, "roadmap_id": enrollment.roadmap_id, "state": enrollment.state.value,
    }  # fmt: skip


def to_delivery(row: Row[Any]) -> Delivery:
    """A row of `deliveries`."""
    return Delivery(
        id=row.id, enrollment_id=row.enrollment_id, learner_id=row.learner_id, kind=DeliveryKind(row.kind),
        local_date=row.local_date, due_at=row.due_at, not_before=row.not_before, expires_at=row.expires_at,
        state=DeliveryState(row.state), attempts=row.attempts, missed=row.missed, minute=row.minute,
        last_error=row.last_error,
    )  # fmt: skip


def from_delivery(delivery: Delivery) -> Fields:
    """The columns of a new row of `deliveries`."""
    return {
        "enrollment_id": delivery.enrollment_id, "learner_id": delivery.learner_id, "kind": delivery.kind.value,
        "local_date": delivery.local_date, "minute": delivery.minute, "due_at": delivery.due_at,
        "not_before": delivery.not_before, "expires_at": delivery.expires_at, "state": delivery.state.value,
        "missed": delivery.missed, "priority": PRIORITY[delivery.kind],
    }  # fmt: skip
