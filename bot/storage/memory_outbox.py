"""The outbox in plain dictionaries, beside `bot.storage.memory`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.delivery import PRIORITY, Delivery, DeliveryState, Outcome, Recipient
from bot.domain.enrollment import EnrollmentState
from bot.domain.planning import Due, Planned
from bot.storage.memory import MemoryStore, MemoryWork

log = logging.getLogger(__name__)
PUT_OFF = timedelta(hours=1)


class MemoryOutbox:
    """See `bot.engine.storing.Outbox`."""

    chunk = 200

    def __init__(self, store: MemoryStore) -> None:
        self._state = store.state

    async def next_due(self) -> datetime | None:
        """See `Outbox.next_due`."""
        state = self._state
        ready = [d.not_before for d in state.deliveries.values() if d.state is DeliveryState.READY]
        held = [state.leases[d.id] for d in state.deliveries.values() if d.state is DeliveryState.CLAIMED]
        to_plan = [e.next_push_at for e in state.enrollments.values() if e.next_push_at]
        return min([*ready, *held, *to_plan], default=None)

    async def release(self) -> None:
        """See `Outbox.release`."""
        for delivery in self._state.deliveries.values():
            if delivery.state is DeliveryState.CLAIMED:
                self._put(delivery, state=DeliveryState.READY)

    async def plan(self, now: datetime, limit: int, decide: Callable[[Due, datetime], Planned]) -> int:
        """See `Outbox.plan`."""
        due = [e for e in self._state.enrollments.values() if e.next_push_at and e.next_push_at <= now][:limit]
        for plan in due:
            assert plan.next_push_on and plan.over_on, "a plan with an instant has the dates it came from"
            preferences = self._state.learners[plan.learner_id].preferences
            try:
                item = decide(Due(plan.id, plan.learner_id, plan.next_push_on, plan.over_on, preferences), now)
            except Exception:
                log.exception("a plan cannot be planned; looking again in an hour")
                self._state.enrollments[plan.id] = replace(plan, next_push_at=now + PUT_OFF)
                continue
            await MemoryWork(self._state).schedule(item.delivery)
            self._state.enrollments[plan.id] = replace(
                plan,
                next_push_on=item.next_on,
                next_push_at=item.next_at,
                state=EnrollmentState.ACTIVE,
                paused_until=None,
            )
        return len(due)

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """See `Outbox.claim`."""
        free = [d for d in self._state.deliveries.values() if d.not_before <= now and self._free(d, now)]
        lapsed = [d for d in free if d.state is DeliveryState.CLAIMED]
        waits = [d for d in free if d not in lapsed]
        taken = [*sorted(lapsed, key=lambda d: (self._state.leases[d.id], d.id)), *sorted(waits, key=_turn)][:limit]
        for delivery in taken:
            self._put(delivery, state=DeliveryState.CLAIMED, lease_until=now + lease)
            self._state.leases[delivery.id] = now + lease
        return [self._state.deliveries[d.id] for d in sorted(taken, key=_turn)]

    def _free(self, delivery: Delivery, now: datetime) -> bool:
        if delivery.state is DeliveryState.CLAIMED:
            return self._state.leases[delivery.id] <= now
        return delivery.state is DeliveryState.READY

    def _put(self, delivery: Delivery, **fields: Any) -> None:
        self._state.deliveries[delivery.id] = replace(delivery, **fields)

    async def recipients(self, deliveries: Sequence[Delivery]) -> Mapping[int, Recipient]:
        """See `Outbox.recipients`."""
        state = self._state
        work = MemoryWork(state)
        now = {d.id: state.deliveries[d.id] for d in deliveries if d.id in state.deliveries}
        return {
            number: Recipient(
                state.learners[d.learner_id], state.enrollments[d.enrollment_id], await work.identities(d.learner_id)
            )
            for number, d in now.items()
        }

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """See `Outbox.settle`."""
        for outcome in outcomes:
            stored = self._state.deliveries.get(outcome.delivery.id)
            if stored is not None and stored.state <= DeliveryState.CLAIMED and _may_say(outcome, stored):
                self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        delivery = outcome.delivery
        tries, again = delivery.attempts + outcome.attempted, outcome.not_before or delivery.not_before
        stored = self._state.deliveries[delivery.id]  # its plan may have become one with another since it was claimed
        self._put(
            stored, state=outcome.state, last_error=outcome.error, attempts=tries, not_before=again, lease_until=None
        )
        learner = self._state.learners.get(delivery.learner_id)
        if outcome.sent_on is not None and learner is not None:
            heard = replace(learner, last_push_on=outcome.sent_on, shown_week=None, offered="")
            self._state.learners[learner.id] = heard


def _turn(delivery: Delivery) -> tuple[int, datetime, int]:
    """Whoever goes first: by priority, then by age."""
    return PRIORITY[delivery.kind], delivery.not_before, delivery.id


def _may_say(outcome: Outcome, stored: Delivery) -> bool:
    """That something arrived is true whoever says it; everything else only the holder of the lease may say."""
    return outcome.state is DeliveryState.SENT or stored.lease_until == outcome.delivery.lease_until
