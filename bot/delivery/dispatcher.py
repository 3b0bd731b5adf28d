"""Sends what is due: claim, look again whether it is still wanted, render fresh, send, settle."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.settler import Settler
from bot.domain.catalog import Catalog
from bot.domain.delivery import ASKED_FOR, Delivery, DeliveryState, Outcome, Recipient, RetryPolicy
from bot.domain.enrollment import EnrollmentState
from bot.domain.learner import Identity, Learner
from bot.domain.wallclock import instant
from bot.engine import crashpoints
from bot.engine.errors import SendFailed
from bot.engine.ports import Clock, Outbox, Push, Renderer, Store, Transport
from bot.engine.subject import about
from bot.engine.views import push_reply

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
SEND_DEADLINE = LEASE.total_seconds() / 2
"""A send that lasts longer is given up: were it to outlive the lease, somebody else would send the same again."""
BATCH = 50
UNREACHED_WAIT = timedelta(hours=6)
ELSEWHERE_WAIT = timedelta(minutes=1)
"""The learner can be reached, only not by this process: another one may take it up."""
DOUBT_WAIT = timedelta(minutes=1)
"""A message that may have arrived is not tried again at once."""


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

    def __post_init__(self) -> None:
        self.stopping = False
        self._settler = Settler(self.outbox)
        self._slots = {name: asyncio.Semaphore(t.parallel) for name, t in self.transports.items()}

    async def send_some(self) -> int:
        """Send a batch of what may go now. Returns how many deliveries were looked at."""
        claimed = await self.outbox.claim(self.clock.now(), BATCH, LEASE)
        if claimed:
            to = await self.outbox.recipients(claimed)
            # In order of claim: a slot is given to whoever asked first.
            await asyncio.gather(*(self._deliver(delivery, to.get(delivery.id)) for delivery in claimed))
        return len(claimed)

    async def _deliver(self, delivery: Delivery, to: Recipient | None) -> None:
        """Bring one claimed delivery to its end, or put it back for later."""
        with about(delivery.key):
            await self._brought(delivery, to)

    async def _brought(self, delivery: Delivery, to: Recipient | None) -> None:
        if to is None:
            await self._settler.settle(Outcome(delivery, DeliveryState.DROPPED, "learner is gone"))
            return
        found = self._prepared(delivery, to)
        if isinstance(found, Outcome):
            await self._settler.settle(found)
            return
        # The slot is kept until the outcome is on disk: a crash leaves no more in doubt than there are slots.
        async with self._slots[found.to.platform]:
            await self._settler.settle(await self._sent(found, to.learner))

    def _prepared(self, delivery: Delivery, to: Recipient) -> Outcome | Push:
        """The push to send, or why none is sent now."""
        now = self.clock.now()
        reason = self._unwanted(delivery, to, now)
        if reason:
            return Outcome(delivery, DeliveryState.DROPPED, reason)
        later = self._postponed(delivery, to.learner, now)
        if later is not None:
            return _back(delivery, later, "waits for its hour", attempted=False)
        target = self._target(to)
        if target is None:
            elsewhere = any(i.chat_id and i.reachable and i.platform not in self.transports for i in to.identities)
            wait = ELSEWHERE_WAIT if elsewhere else UNREACHED_WAIT
            return _back(delivery, now + wait, "no chat to reach the learner in", attempted=False)
        reply = push_reply(delivery, to.learner, to.plan, self.catalog.roadmap(to.plan.roadmap_id), now)
        return Push(delivery, target, self.renderer.render(reply, to.learner.preferences))

    def _unwanted(self, delivery: Delivery, to: Recipient, now: datetime) -> str:
        """Why a delivery should not go any more; "" when it should."""
        if to.plan.roadmap_id not in self.catalog.roadmaps:
            return "roadmap is gone"
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

    async def _sent(self, push: Push, learner: Learner) -> Outcome:
        delivery, now = push.delivery, self.clock.now()
        if self.stopping or self._lapses(delivery):
            return _back(delivery, delivery.not_before, "its turn came too late", attempted=False)
        try:
            crashpoints.reach("send.before")
            async with asyncio.timeout(SEND_DEADLINE):
                await self.transports[push.to.platform].send(push)
            crashpoints.reach("send.after")
        except TimeoutError:
            return await self._failed(push, learner, SendFailed("no answer in time", in_doubt=True), now)
        except SendFailed as failure:
            return await self._failed(push, learner, failure, now)
        counts = delivery.kind not in ASKED_FOR
        return Outcome(delivery, DeliveryState.SENT, sent_on=learner.preferences.today(now) if counts else None)

    def _lapses(self, delivery: Delivery) -> bool:
        """Whether a delivery could become somebody else's before its send has to be over."""
        until = delivery.lease_until
        return until is not None and self.clock.now() + timedelta(seconds=SEND_DEADLINE) > until

    def _target(self, to: Recipient) -> Identity | None:
        """The account to write to: the preferred platform's if it can be reached here, else any that can."""
        here = [i for i in to.identities if i.platform in self.transports and i.chat_id and i.reachable]
        wanted = to.learner.preferences.platform
        return next((i for i in here if i.platform == wanted), here[0] if here else None)

    async def _failed(self, push: Push, learner: Learner, failure: SendFailed, now: datetime) -> Outcome:
        delivery, to = push.delivery, push.to
        log.warning("push %s refused by %s: %s", delivery.key, to.platform, failure)
        if failure.permanent:
            unreachable = Identity(to.platform, to.external_id, to.chat_id, reachable=False)
            async with self.store.work() as work:
                await work.keep_identity(learner.id, unreachable)
            return _back(delivery, now, str(failure), attempted=False)
        again = self.retry.decide(delivery.attempts + 1, now, failure.retry_after, random.random())
        if again is None:
            return Outcome(delivery, DeliveryState.DEAD, str(failure))
        return _back(delivery, max(again, now + DOUBT_WAIT) if failure.in_doubt else again, str(failure))


def _back(delivery: Delivery, not_before: datetime, why: str, *, attempted: bool = True) -> Outcome:
    return Outcome(delivery, DeliveryState.READY, why, not_before, attempted)
