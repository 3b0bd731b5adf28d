"""Sends what is due: claim, look again whether it is still wanted, render fresh, send, settle."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.catalog import Catalog
from bot.domain.delivery import ASKED_FOR, Delivery, DeliveryState, RetryPolicy
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Identity, Learner
from bot.domain.wallclock import instant
from bot.engine.errors import SendFailed
from bot.engine.ports import Clock, Outbox, Push, Renderer, Store, Transport
from bot.engine.views import push_reply

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 50
UNREACHED_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Recipient:
    """Whom a delivery is for, as they stand at the moment of sending."""

    learner: Learner
    plan: Enrollment
    identities: Sequence[Identity]


@dataclass
class Dispatcher:
    """Empties the outbox over whatever transports run in this process."""

    store: Store
    outbox: Outbox
    catalog: Catalog
    renderer: Renderer
    transports: Mapping[str, Transport]
    clock: Clock
    retry: RetryPolicy = field(default_factory=RetryPolicy)

    async def drain(self) -> int:
        """Send all that may go now. Returns how many deliveries were looked at."""
        count = 0
        while claimed := await self.outbox.claim(self.clock.now(), BATCH, LEASE):
            for delivery in claimed:
                await self.deliver(delivery)
            count += len(claimed)
        return count

    async def deliver(self, delivery: Delivery) -> None:
        """Bring one claimed delivery to its end, or put it back for later."""
        now = self.clock.now()
        to = await self._recipient(delivery)
        reason = self._unwanted(delivery, to, now)
        if to is None or reason:
            return await self.outbox.settle(delivery, DeliveryState.DROPPED, reason or "learner is gone")
        later = self._postponed(delivery, to.learner, now)
        if later is not None:
            return await self.outbox.postpone(delivery, later, "waits for its hour", attempted=False)
        return await self._send(delivery, to, now)

    async def _recipient(self, delivery: Delivery) -> Recipient | None:
        async with self.store.work() as work:
            learner = await work.learner(delivery.learner_id)
            plan = await work.current_enrollment(delivery.learner_id)
            if learner is None or plan is None:
                return None
            return Recipient(learner, plan, await work.identities(learner.id))

    def _unwanted(self, delivery: Delivery, to: Recipient | None, now: datetime) -> str:
        """Why a delivery should not go any more; "" when it should."""
        if to is None:
            return "learner is gone"
        if to.plan.id != delivery.enrollment_id or to.plan.roadmap_id not in self.catalog.roadmaps:
            return "another roadmap now"
        if to.plan.state is not EnrollmentState.ACTIVE:
            return f"plan is {to.plan.state}"
        return "expired" if now >= delivery.expires_at else ""

    def _postponed(self, delivery: Delivery, learner: Learner, now: datetime) -> datetime | None:
        """When to send instead, if now is a quiet hour or the learner heard from us today already."""
        preferences = learner.preferences
        today = preferences.today(now)
        if delivery.kind not in ASKED_FOR and learner.last_push_on == today:
            return preferences.loud(instant(today + timedelta(days=1), preferences.push_time, preferences.tz))
        loud = preferences.loud(now)
        return loud if loud > now else None

    async def _send(self, delivery: Delivery, to: Recipient, now: datetime) -> None:
        target = self._target(to)
        if target is None:
            wait = now + UNREACHED_WAIT
            return await self.outbox.postpone(delivery, wait, "no chat to reach the learner in", attempted=False)
        reply = push_reply(delivery, to.learner, to.plan, self.catalog.roadmap(to.plan.roadmap_id), now)
        message = self.renderer.render(reply, to.learner.preferences)
        try:
            await self.transports[target.platform].send(Push(delivery, target, message))
        except SendFailed as failure:
            return await self._failed(delivery, to.learner, target, failure, now)
        counts = delivery.kind not in ASKED_FOR
        today = to.learner.preferences.today(now)
        return await self.outbox.settle(delivery, DeliveryState.SENT, sent_on=today if counts else None)

    def _target(self, to: Recipient) -> Identity | None:
        """The account to write to: the preferred platform's if it can be reached here, else any that can."""
        here = [i for i in to.identities if i.platform in self.transports and i.chat_id and i.reachable]
        wanted = to.learner.preferences.platform
        return next((i for i in here if i.platform == wanted), here[0] if here else None)

    async def _failed(
        self, delivery: Delivery, learner: Learner, target: Identity, failure: SendFailed, now: datetime
    ) -> None:
        log.warning("push %s refused by %s: %s", delivery.key, target.platform, failure)
        if failure.permanent:
            unreachable = Identity(target.platform, target.external_id, target.chat_id, reachable=False)
            async with self.store.work() as work:
                await work.keep_identity(learner.id, unreachable)
            return await self.outbox.postpone(delivery, now, str(failure), attempted=False)
        again = self.retry.decide(delivery.attempts + 1, now, failure.retry_after, random.random())
        if again is None:
            return await self.outbox.settle(delivery, DeliveryState.DEAD, str(failure))
        return await self.outbox.postpone(delivery, again, str(failure), attempted=True)
