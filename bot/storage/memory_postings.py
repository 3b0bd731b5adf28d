"""Postings in plain dictionaries, beside `bot.storage.memory_outbox`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.delivery import PLANNED, PRIORITY, DeliveryKind, DeliveryState
from bot.domain.group import Role
from bot.domain.posting import Addressee, DigestDue, DigestPlan, Posting, PostingOutcome
from bot.storage.memory import MemoryStore, MemoryWork


class MemoryPostings:
    """See `bot.engine.group_ports.Postings`."""

    def __init__(self, store: MemoryStore) -> None:
        self._all = store.state

    @property
    def _state(self) -> Any:
        return self._all.groups

    async def next_due(self) -> datetime | None:
        """See `Postings.next_due`."""
        postings = self._state.postings.values()
        ready = [p.not_before for p in postings if p.state is DeliveryState.READY]
        held = [p.lease_until for p in postings if p.state is DeliveryState.CLAIMED]
        owed = [g.digest.instant_on(g.next_digest_on) for g in self._state.groups.values()]
        return min([*ready, *held, *owed], default=None)

    async def release(self) -> None:
        """See `Postings.release`."""
        for posting in list(self._state.postings.values()):
            if posting.state is DeliveryState.CLAIMED:
                self._put(posting, state=DeliveryState.READY, lease_until=None)

    async def plan(self, now: datetime, limit: int, decide: Callable[[DigestDue, datetime], DigestPlan]) -> list[int]:
        """See `Postings.plan`."""
        due = [g for g in self._state.groups.values() if g.digest.instant_on(g.next_digest_on) <= now][:limit]
        work = MemoryWork(self._all)
        for group in due:
            plan = decide(DigestDue(group.next_digest_on, group.digest), now)
            for chat in await work.groups.chats(group.id) if group.digest.on else ():
                key = f"g{group.id}-digest-{plan.on:%Y%m%d}-{chat.id}"
                await work.groups.post(
                    Posting(0, key, DeliveryKind.DIGEST, group.id, plan.due_at, plan.due_at, plan.expires_at, chat.id)
                )
            self._state.groups[group.id] = replace(group, next_digest_on=plan.next_on)
        return [group.id for group in due]

    async def ownerless(self, group_ids: Sequence[int], now: datetime) -> list[int]:
        """See `Postings.ownerless`."""
        groups = MemoryWork(self._all).groups
        found = []
        for number in group_ids:
            owners = [m for m in await groups.members(number) if m.role is Role.OWNER]
            if not owners or owners[0].vanished(now):
                found.append(number)
        return found

    async def claim(self, now: datetime, limit: int, lease: timedelta, *, urgent: bool = False) -> Sequence[Posting]:
        """See `Postings.claim`."""
        free = [p for p in self._state.postings.values() if p.not_before <= now and _free(p, now)]
        lapsed = [p for p in free if p.state is DeliveryState.CLAIMED]
        ready = [p for p in free if p.state is DeliveryState.READY]
        waits = [p for p in ready if not urgent or _is_urgent(p, ready)]
        taken = [*sorted(lapsed, key=lambda p: (p.lease_until, p.id)), *sorted(waits, key=_turn)][:limit]
        return [self._put(p, state=DeliveryState.CLAIMED, lease_until=now + lease) for p in sorted(taken, key=_turn)]

    def _put(self, posting: Posting, **fields: Any) -> Posting:
        made = replace(posting, **fields)
        self._state.postings[posting.id] = made
        return made

    async def addressees(self, postings: Sequence[Posting]) -> Mapping[int, Addressee]:
        """See `Postings.addressees`."""
        work = MemoryWork(self._all)
        found: dict[int, Addressee] = {}
        for posting in postings:
            group, chat = self._state.groups.get(posting.group_id), self._state.chats.get(posting.place_id)
            learner = self._all.learners.get(posting.learner_id or 0)
            if group and learner:
                accounts, plan = await work.identities(learner.id), await work.current_enrollment(learner.id)
                found[posting.id] = Addressee(group, None, learner, accounts, plan, self._owed(learner.id))
            elif group and chat:
                found[posting.id] = Addressee(group, chat.channel)
        return found

    def _owed(self, learner_id: int) -> bool:
        theirs = [d for d in self._all.deliveries.values() if d.learner_id == learner_id and d.kind in PLANNED]
        return any(d.state <= DeliveryState.CLAIMED for d in theirs)

    async def settle(self, outcomes: Sequence[PostingOutcome]) -> None:
        """See `Postings.settle`."""
        for outcome in outcomes:
            stored = self._state.postings.get(outcome.posting.id)
            if stored is not None and stored.state <= DeliveryState.CLAIMED and _may_say(outcome, stored):
                self._settle(outcome)

    def _settle(self, outcome: PostingOutcome) -> None:
        posting = outcome.posting
        tries, again = posting.attempts + outcome.attempted, outcome.not_before or posting.not_before
        self._put(
            posting, state=outcome.state, last_error=outcome.error, attempts=tries, not_before=again, lease_until=None
        )
        learner = self._all.learners.get(posting.learner_id or 0)
        if outcome.sent_on is not None and learner is not None:
            self._all.learners[learner.id] = replace(learner, last_push_on=outcome.sent_on)


def _turn(posting: Posting) -> tuple[int, datetime, int]:
    """Whoever goes first: by priority, then by age."""
    return PRIORITY[posting.kind], posting.not_before, posting.id


def _is_urgent(posting: Posting, ready: Sequence[Posting]) -> bool:
    """Whether somebody asked for it and nothing is in its way, or it is in the way of such a one."""
    if PRIORITY[posting.kind] == 0:
        return not _overtakes(posting, ready)
    asked = [p for p in ready if PRIORITY[p.kind] == 0 and p.learner_id is not None]
    return any(p.learner_id == posting.learner_id and posting.id < p.id for p in asked)


def _overtakes(posting: Posting, ready: Sequence[Posting]) -> bool:
    """Whether an older word to the same person waits that is less urgent."""
    theirs = [p for p in ready if p.learner_id is not None and p.learner_id == posting.learner_id]
    return any(PRIORITY[p.kind] > 0 and p.id < posting.id for p in theirs)


def _free(posting: Posting, now: datetime) -> bool:
    if posting.state is DeliveryState.CLAIMED:
        return posting.lease_until is not None and posting.lease_until <= now
    return posting.state is DeliveryState.READY


def _may_say(outcome: PostingOutcome, stored: Posting) -> bool:
    """That something arrived is true whoever says it; everything else only the holder of the lease may say."""
    return outcome.state is DeliveryState.SENT or stored.lease_until == outcome.posting.lease_until
