"""Something the mentor says of its own accord, from the moment it is planned until it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.enrollment import Enrollment
from bot.domain.learner import Identity, Learner


class DeliveryKind(StrEnum):
    """What a push is. All but reminders the learner asked for count towards one a day."""

    WEEKLY = "weekly"
    NUDGE = "nudge"
    REVIEW = "review"
    DIGEST = "digest"
    CHECKIN = "checkin"
    COMEBACK = "comeback"
    ANNOUNCEMENT = "announcement"
    ANSWER = "answer"
    CHEER = "cheer"
    GROUP = "group"


ASKED_FOR = frozenset({DeliveryKind.NUDGE, DeliveryKind.ANSWER})
"""Kinds the learner asked for themselves, which the one-a-day rule leaves alone."""


PLANNED = frozenset({DeliveryKind.WEEKLY, DeliveryKind.CHECKIN})
"""Kinds that a plan's own calendar brings; the others somebody or something asked for."""

FOR_ALL = frozenset({DeliveryKind.ANNOUNCEMENT, DeliveryKind.DIGEST})
"""Kinds that go to everybody in a group alike."""

PRIORITY = {kind: 0 if kind in ASKED_FOR else 2 if kind in FOR_ALL else 1 for kind in DeliveryKind}
"""Who goes first when many wait: what somebody asked for, then their own plan, then what goes to all."""


class DeliveryState(IntEnum):
    """Where a delivery stands. `DOUBT`: sent, perhaps, and not known to have arrived."""

    READY = 0
    CLAIMED = 1
    SENT = 2
    DROPPED = 3
    DEAD = 4
    DOUBT = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push to one learner. `key` is unique: enrollment, kind, local date and minute say what it is
    (the minute is 0 but for reminders, of which there may be several a day).

    `due_at` is when it should have gone, `not_before` the earliest it may, `expires_at` when it is worth
    nothing any more. `missed` counts earlier pushes of the kind that downtime swallowed.
    `lease_until` is how long it belongs to whoever claimed it.
    """

    id: int
    enrollment_id: int
    learner_id: int
    kind: DeliveryKind
    local_date: date
    due_at: datetime
    not_before: datetime
    expires_at: datetime
    state: DeliveryState = DeliveryState.READY
    attempts: int = 0
    missed: int = 0
    minute: int = 0
    last_error: str = ""
    lease_until: datetime | None = None

    @property
    def key(self) -> str:
        """Names the delivery everywhere: in the outbox, on the wire as a nonce, in the bridge."""
        minute = f"-{self.minute}" if self.minute else ""
        return f"{self.enrollment_id}-{self.kind}-{self.local_date:%Y%m%d}{minute}"


PRECEDENCE = (
    DeliveryState.DROPPED, DeliveryState.DEAD, DeliveryState.READY, DeliveryState.CLAIMED, DeliveryState.DOUBT,
    DeliveryState.SENT,
)  # fmt: skip


def same_now(one: Delivery, other: Delivery) -> Delivery:
    """Which of two deliveries stays when two plans become one: what went out, before what is on its way, before what
    waits. So nothing is said twice, and nothing that was owed is lost."""
    return max(one, other, key=lambda delivery: PRECEDENCE.index(delivery.state))


PLACE_LOST = "its place is gone"
"""Why a delivery went back that now goes to the direct chat."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a delivery is for, as they stand at the moment of sending."""

    learner: Learner
    plan: Enrollment
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended. With `not_before` the delivery goes back to wait for that instant; `attempted`
    says that it counts as a try. `sent_on` is the learner's own date, for the rule of one push a day."""

    delivery: Delivery
    state: DeliveryState
    error: str = ""
    not_before: datetime | None = None
    attempted: bool = True
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When to try again after a passing failure, and when to stop."""

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)
    attempts: int = 8

    def decide(self, attempts: int, now: datetime, retry_after: timedelta | None, jitter: float) -> datetime | None:
        """The next instant to try, or None to give up. `jitter` is a share from 0 to 1 of the back-off.

        A platform's own `retry_after` is a floor. Full jitter keeps a thousand failures from returning as one.
        """
        if attempts >= self.attempts:
            return None
        backoff = min(self.longest, self.first * (1 << (attempts - 1)))
        wait = max(backoff * jitter, timedelta(seconds=1), retry_after or timedelta(0))
        return now + wait
