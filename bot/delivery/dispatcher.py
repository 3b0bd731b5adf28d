"""Sends what is due: claim, look again whether it is still wanted, render fresh, send, settle."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.delivery.breaker import MOMENT, Breaker
from bot.delivery.settler import PAUSES, Settler, all_ended
from bot.domain.catalog import Catalog
from bot.domain.change import Change, LearnerChange
from bot.domain.delivery import (
    ASKED_FOR,
    PLACE_LOST,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Outcome,
    Recipient,
    RetryPolicy,
)
from bot.domain.enrollment import EnrollmentState
from bot.domain.learner import Identity, Learner, pushed_to
from bot.domain.posting import Posting
from bot.domain.push_place import PushPlace
from bot.domain.wallclock import instant
from bot.engine import crashpoints
from bot.engine.errors import SendFailed
from bot.engine.ports import Clock, Push, Renderer, Transport
from bot.engine.storing import Outbox, Store
from bot.engine.subject import about
from bot.engine.views import in_public, push_reply

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
    pauses: Sequence[float] = PAUSES

    def __post_init__(self) -> None:
        self.stopping = False
        self._settler = Settler(self.outbox, self.pauses)
        self.slots = {name: asyncio.Semaphore(t.parallel) for name, t in self.transports.items()}
        self.breakers = {name: Breaker(name) for name in self.transports}
        self._desk = asyncio.Lock()

    def resting_until(self) -> datetime | None:
        """While every platform is away: the instant before which taking anything up is of no use."""
        now = self.clock.now()
        ends = [self.breakers[platform].resting_until(now) for platform in self.transports]
        known = [end for end in ends if end is not None]
        return min(known) if known and len(known) == len(ends) else None

    async def send_some(self) -> int:
        """Send a batch of what may go now. Returns how many deliveries were looked at."""
        claimed = await self.outbox.claim(self.clock.now(), BATCH, LEASE)
        self._settler.stuck = False
        rest = list(claimed)
        while rest:
            # What is for one learner goes one after the other: after the first, the others may wait for another day.
            first = {delivery.learner_id: delivery for delivery in reversed(rest)}
            turn = [delivery for delivery in rest if first[delivery.learner_id] is delivery]
            rest = [delivery for delivery in rest if first[delivery.learner_id] is not delivery]
            to = await self.outbox.recipients(turn)
            # In order of claim: a slot is given to whoever asked first.
            await all_ended(self._deliver(delivery, to.get(delivery.id)) for delivery in turn)
        return len(claimed)

    @asynccontextmanager
    async def at_the_desk(self) -> AsyncIterator[None]:
        """Make words one at a time, with a look at everybody else between: fifty in a row would keep people waiting."""
        async with self._desk:
            await asyncio.sleep(0)
            yield

    async def _deliver(self, delivery: Delivery, to: Recipient | None) -> None:
        """Bring one claimed delivery to its end, or put it back for later."""
        with about(delivery.key):
            await self._brought(delivery, to)

    async def _brought(self, delivery: Delivery, to: Recipient | None) -> None:
        if to is None:
            await self._settler.settle(Outcome(delivery, DeliveryState.DROPPED, "learner is gone"))
            return
        found = await self._made(delivery, to)
        if isinstance(found, Outcome):
            await self._settler.settle(found)
            return
        # The slot is kept until the outcome is on disk: a crash leaves no more in doubt than there are slots.
        async with self.slots[found.to.platform]:
            if not self._settler.stuck:
                await self._settler.settle(await self._sent(delivery, found, to.learner))

    async def _made(self, delivery: Delivery, to: Recipient) -> Outcome | Push:
        """The push to send, or why none is sent now. One that cannot be made is a failed try, not everybody's."""
        async with self.at_the_desk():
            try:
                return self._prepared(delivery, to)
            except Exception as error:
                log.exception("push %s cannot be made", delivery.key)
                return self._tried(delivery, SendFailed(f"cannot be made: {type(error).__name__}"), self.clock.now())

    def _prepared(self, delivery: Delivery, to: Recipient) -> Outcome | Push:
        """The push to send, or why none is sent now."""
        now = self.clock.now()
        reason = self._unwanted(delivery, to, now)
        if reason:
            return Outcome(delivery, DeliveryState.DROPPED, reason)
        later = self._postponed(delivery, to.learner, now)
        if later is not None:
            return _back(delivery, later, "waits for its hour", attempted=False)
        target, place = self._placed(delivery, to) or (self.target(to.identities, to.learner), None)
        if target is None:
            elsewhere = any(i.chat_id and i.reachable and i.platform not in self.transports for i in to.identities)
            wait = ELSEWHERE_WAIT if elsewhere else UNREACHED_WAIT
            return _back(delivery, now + wait, "no chat to reach the learner in", attempted=False)
        rest = self.breakers[target.platform].resting_until(now)
        if rest is not None:  # no words need be made
            return _back(delivery, max(rest, now + MOMENT), f"{target.platform} is away", attempted=False)
        reply = push_reply(delivery, to.learner, to.plan, self.catalog.roadmap(to.plan.roadmap_id), now)
        reply = in_public(reply) if place else reply
        return Push(delivery, target, self.renderer.render(reply, to.learner.preferences), place)

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

    async def _sent(self, delivery: Delivery, push: Push, learner: Learner) -> Outcome:
        now = self.clock.now()
        if self.stopping or self._lapses(delivery):
            return _back(delivery, delivery.not_before, "its turn came too late", attempted=False)
        rest = self.breakers[push.to.platform].wait(now)
        if rest is not None:
            return _back(delivery, now + rest, f"{push.to.platform} is away", attempted=False)
        try:
            crashpoints.reach("send.before")
            async with asyncio.timeout(SEND_DEADLINE):
                await self.transports[push.to.platform].send(push)
            crashpoints.reach("send.after")
        except TimeoutError:
            failure = SendFailed("no answer in time", in_doubt=True, outage=True)
            return await self._failed(delivery, push, learner, failure, now)
        except SendFailed as failure:
            return await self._failed(delivery, push, learner, failure, now)
        except Exception as error:  # of a library, and nothing says what it means
            log.exception("push %s failed in an unknown way", delivery.key)
            odd = SendFailed(type(error).__name__, in_doubt=True)
            return await self._failed(delivery, push, learner, odd, now)
        self.breakers[push.to.platform].succeeded()
        counts = delivery.kind not in ASKED_FOR
        return Outcome(delivery, DeliveryState.SENT, sent_on=learner.preferences.today(now) if counts else None)

    def _lapses(self, delivery: Delivery) -> bool:
        """Whether a delivery could become somebody else's before its send has to be over."""
        until = delivery.lease_until
        return until is not None and self.clock.now() + timedelta(seconds=SEND_DEADLINE) > until

    def _placed(self, delivery: Delivery, to: Recipient) -> tuple[Identity, PushPlace] | None:
        """The place where the learner wants the week's plan, and their account there."""
        place = PushPlace.of(to.learner.preferences.place)
        if delivery.kind is not DeliveryKind.WEEKLY or place is None or place.platform not in self.transports:
            return None
        return next(((i, place) for i in to.identities if i.platform == place.platform), None)

    def target(self, identities: Sequence[Identity], learner: Learner) -> Identity | None:
        """The account to write to: the preferred platform's if it can be reached here, else any that can."""
        here = [i for i in identities if i.platform in self.transports]
        return pushed_to(here, learner.preferences)

    async def _failed(
        self, delivery: Delivery, push: Push, learner: Learner, failure: SendFailed, now: datetime
    ) -> Outcome:
        to = push.to
        log.warning("push %s refused by %s: %s", delivery.key, to.platform, failure)
        away = self.noted(to.platform, failure)
        if failure.permanent and push.place:
            await self._forget_place(learner.id, push.place, now)
            return _back(delivery, now, PLACE_LOST, attempted=False)
        if failure.permanent:
            async with self.store.work() as work:  # the account may be another's by now, or nobody's
                await work.accounts.refresh(replace(to, reachable=False))
            return _back(delivery, now, str(failure), attempted=False)
        if away:
            return _back(delivery, self.after_outage(delivery, to.platform, failure), str(failure), attempted=False)
        return self._tried(delivery, failure, now)

    def _tried(self, delivery: Delivery, failure: SendFailed, now: datetime) -> Outcome:
        """Back for another try, or given up. A pause that the platform asked for is no try of the message's own."""
        if failure.retry_after is not None and not failure.in_doubt:
            return _back(delivery, now + max(failure.retry_after, MOMENT), str(failure), attempted=False)
        again = self.retry.decide(delivery.attempts + 1, now, failure.retry_after, random.random())
        if again is None:
            return Outcome(delivery, DeliveryState.DEAD, str(failure))
        return _back(delivery, max(again, now + DOUBT_WAIT) if failure.in_doubt else again, str(failure))

    async def _forget_place(self, learner_id: int, place: PushPlace, now: datetime) -> None:
        """Push to the learner's own chat again, unless they chose another place meanwhile."""
        async with self.store.work() as work:
            found = await work.learner(learner_id)
            if found is not None and found.preferences.place == str(place):
                after = replace(found, preferences=replace(found.preferences, place=""))
                await work.apply(Change("settings", LearnerChange(found, after)), now, journal=False)

    def after_outage(self, message: Delivery | Posting, platform: str, failure: SendFailed) -> datetime:
        """When to try again what a platform that is away did not take; that is no try of the message's own.

        One that may have arrived waits as long again as it has waited: a platform that takes messages and never says
        so is not given the same one every two minutes.
        """
        now = self.clock.now()
        looked_for = self.breakers[platform].until or now
        if not failure.in_doubt:
            return looked_for
        return max(looked_for, now + min(max(now - message.due_at, DOUBT_WAIT), self.retry.longest))

    def noted(self, platform: str, failure: SendFailed) -> bool:
        """Tell the platform's breaker. Whether the platform is away as a whole, so that no message is to blame."""
        breaker = self.breakers[platform]
        if failure.outage:
            breaker.failed(self.clock.now())
        else:
            breaker.succeeded()
        return breaker.open


def _back(delivery: Delivery, not_before: datetime, why: str, *, attempted: bool = True) -> Outcome:
    return Outcome(delivery, DeliveryState.READY, why, not_before, attempted)
