"""What the mentor says to a group's chat, or to a learner on a group's behalf, from plan to settlement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.enrollment import Enrollment
from bot.domain.group import DigestTime, StudyGroup
from bot.domain.learner import Identity, Learner
from bot.domain.message import ChannelRef

WORTH = timedelta(days=3)
"""A digest or a word on a group's behalf that is older than this is not sent any more."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One post to one chat (`place_id`), or one word to one learner (`learner_id`). `key` is unique for as long as it
    is kept, which is a month longer than it is worth something.

    `template` and `data` say what it is about; data holds plain JSON values. The words are made when it is sent.
    """

    id: int
    key: str
    kind: DeliveryKind
    group_id: int
    due_at: datetime
    not_before: datetime
    expires_at: datetime
    place_id: int | None = None
    learner_id: int | None = None
    template: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    state: DeliveryState = DeliveryState.READY
    attempts: int = 0
    last_error: str = ""
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a posting is for, as they stand when it is sent: a chat of the group, or a learner with their accounts.

    `owed` says that the plan of their week is due and has not reached them yet.
    """

    group: StudyGroup
    chat: ChannelRef | None = None
    learner: Learner | None = None
    identities: tuple[Identity, ...] = ()
    plan: Enrollment | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True)
class PostingOutcome:
    """How an attempt ended; see `bot.domain.delivery.Outcome`."""

    posting: Posting
    state: DeliveryState
    error: str = ""
    not_before: datetime | None = None
    attempted: bool = True
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class DigestDue:
    """A group whose digest lies in the past, with what is needed to plan it."""

    on: date
    digest: DigestTime


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """The date and instant of the digest owed, how long it is worth something, and when the next one is."""

    on: date
    due_at: datetime
    expires_at: datetime
    next_on: date
    next_at: datetime


def digest_planned(due: DigestDue, now: datetime) -> DigestPlan:
    """The latest digest that is due. Those before it that downtime swallowed are let go: it tells of the same days."""
    day = due.on
    while due.digest.instant_on(day + timedelta(weeks=1)) <= now:
        day += timedelta(weeks=1)
    at = due.digest.instant_on(day)
    following = due.digest.next_after(max(now, at))
    return DigestPlan(day, at, at + WORTH, following, due.digest.instant_on(following))


def notice(
    group_id: int, learner_id: int, template: str, key: str, now: datetime, data: Mapping[str, object] | None = None,
    kind: DeliveryKind = DeliveryKind.GROUP,
) -> Posting:  # fmt: skip
    """A word to one learner on a group's behalf."""
    until = now + timedelta(weeks=1)
    return Posting(
        0, key, kind, group_id, now, now, until, learner_id=learner_id, template=template, data=data or {}
    )  # fmt: skip
