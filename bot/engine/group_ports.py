"""What the engine asks of the storage about study groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.delivery import DeliveryState
from bot.domain.enrollment import Enrollment
from bot.domain.group import GroupChat, Membership, StudyGroup
from bot.domain.group_log import Entry, Report
from bot.domain.learner import Preferences
from bot.domain.message import ChannelRef, Rendered
from bot.domain.posting import Addressee, DigestDue, DigestPlan, Posting, PostingOutcome
from bot.domain.question import GroupQuestion


@dataclass(frozen=True, slots=True)
class ChatPost:
    """A posting on its way to a chat of a group."""

    posting: Posting
    to: ChannelRef
    message: Rendered


class Groups(Protocol):
    """Study groups, in one transaction."""

    async def add(self, group: StudyGroup, owner_id: int) -> StudyGroup:
        """A new group with its first member, the owner. Returns it with its id."""

    async def get(self, group_id: int) -> StudyGroup | None:
        """A group by id."""

    async def by_code(self, code: str) -> StudyGroup | None:
        """The group a code lets into."""

    async def by_chat(self, channel: ChannelRef) -> StudyGroup | None:
        """The group a chat belongs to, if anybody is in it. A topic or thread of its own is not its chat."""

    async def save(self, group: StudyGroup) -> None:
        """Keep a changed group."""

    async def dissolve(self, group_id: int) -> None:
        """Remove a group and all that hangs on it."""

    async def mine(self, learner_id: int) -> Sequence[tuple[StudyGroup, Membership]]:
        """The groups a learner is in; the one looked at last comes first."""

    async def members(self, group_id: int) -> tuple[Membership, ...]:
        """Everybody in a group, those who have been here longest first."""

    async def size(self, group_id: int) -> int:
        """How many are in a group."""

    async def keep(self, membership: Membership) -> None:
        """Let somebody in, or keep a changed membership."""

    async def remove(self, group_id: int, learner_id: int) -> None:
        """Take somebody out, with what they asked and said there and what waits to be sent to them from there."""

    async def forget(self, learner_id: int) -> None:
        """Take somebody's words, and what they were called, out of the logs of all groups."""

    async def absorb(self, kept_id: int, gone_id: int) -> None:
        """Two learners turn out to be one: what the second has in groups becomes the first's, the stronger role and
        the more private sharing winning where both are in one."""

    async def chats(self, group_id: int) -> tuple[GroupChat, ...]:
        """The chats that belong to a group."""

    async def bind(self, group_id: int, channel: ChannelRef) -> None:
        """Make a chat the group's."""

    async def unbind(self, channel: ChannelRef) -> None:
        """Make a chat nobody's."""

    async def note(self, entry: Entry) -> None:
        """Write a line in a group's log."""

    async def log(self, group_id: int, limit: int) -> Sequence[Entry]:
        """The latest lines of a group's log, newest first."""

    async def bar(self, group_id: int, learner_id: int, barred: bool = True) -> None:
        """Keep somebody out of a group for good, or no longer."""

    async def barred(self, group_id: int) -> frozenset[int]:
        """Those who are kept out."""

    async def block(self, learner_id: int, target_id: int, blocked: bool = True) -> None:
        """One learner wants nothing to do with another, or no longer minds."""

    async def blocked(self, learner_id: int) -> frozenset[int]:
        """Those whom a learner has blocked."""

    async def shunned(self, learner_id: int) -> frozenset[int]:
        """Those who are blocked by a learner or have blocked them."""

    async def report(self, report: Report) -> None:
        """Keep what a member tells the organisers."""

    async def settle_report(self, group_id: int, report_id: int) -> bool:
        """A report was seen to and is needed no more. False when it is not there."""

    async def reports(self, group_id: int) -> Sequence[Report]:
        """What was reported in a group, newest first."""

    async def plans(self, learner_ids: Sequence[int]) -> Mapping[int, tuple[Enrollment, Preferences]]:
        """What learners are on, by learner; those on nothing are left out."""

    async def activity(self, group_id: int, since: datetime) -> Mapping[int, int]:
        """How many tasks members have done since an instant; those with none are left out."""

    async def cheer(self, learner_id: int, target_id: int, group_id: int, day: date) -> bool:
        """One member cheers another on. False when they did so today already."""

    async def cheerers(self, target_id: int, day: date) -> Mapping[int, int]:
        """Who cheered somebody on that day, with the group they did it in."""

    async def talked(self, group_id: int) -> Mapping[date, str]:
        """The marks of what a group was lately given to talk about, by the day of the digest."""

    async def note_talk(self, group_id: int, day: date, mark: str) -> None:
        """A group is given something to talk about; the first of a day stays. Old ones are forgotten."""

    async def ask(self, question: GroupQuestion) -> GroupQuestion:
        """Keep a question for the group. Returns it with its id."""

    async def question(self, question_id: int) -> GroupQuestion | None:
        """A question by id."""

    async def questions(self, group_id: int, since: datetime) -> Sequence[GroupQuestion]:
        """What was asked in a group since an instant, oldest first."""

    async def close(self, question_id: int, closed: bool = True) -> None:
        """A question needs no more answers, or does now: one that is only drafted begins closed."""

    async def post(self, posting: Posting) -> bool:
        """Put a posting into the outbox. False when one with its key is there already. Its id is ignored."""

    async def posting(self, key: str) -> DeliveryState | None:
        """How it stands with a posting; None when there never was one."""


class Postings(Protocol):
    """What goes to groups' chats, and to learners on a group's behalf, in sets: an outbox beside that of the plans."""

    async def next_due(self) -> datetime | None:
        """The earliest instant at which something has to be planned or may be sent."""

    async def release(self) -> None:
        """Give back every claim. Only for a process that knows it is alone."""

    async def plan(self, now: datetime, limit: int, decide: Callable[[DigestDue, datetime], DigestPlan]) -> list[int]:
        """Write the digests that up to `limit` groups are owed, one a chat, and set when each group is due next.

        Returns the groups that were looked at. `decide` answers alike for all groups with the same digest time.
        """

    async def ownerless(self, group_ids: Sequence[int], now: datetime) -> list[int]:
        """Which of these groups have an owner of whom nothing was heard for a long time, or none."""

    async def claim(self, now: datetime, limit: int, lease: timedelta, *, urgent: bool = False) -> Sequence[Posting]:
        """Take postings that may go now: those whose lease has ended, then by priority, then by age; or the `urgent`
        ones alone: what somebody asked for, but where it would overtake an older word to the same person, that word.
        Nobody else gets them until the lease ends."""

    async def addressees(self, postings: Sequence[Posting]) -> Mapping[int, Addressee]:
        """Whom claimed postings are for, by posting. Those whose chat, learner or group is gone are left out."""

    async def settle(self, outcomes: Sequence[PostingOutcome]) -> None:
        """Note how attempts ended, all in one transaction. Whoever lost the lease can only say that it was sent."""
