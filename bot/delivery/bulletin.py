"""What goes out for groups: plans digests, and sends them and all other postings, by the rules of pushes."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.breaker import MOMENT
from bot.delivery.dispatcher import (
    BATCH,
    DOUBT_WAIT,
    ELSEWHERE_WAIT,
    LEASE,
    SEND_DEADLINE,
    UNREACHED_WAIT,
    Dispatcher,
)  # fmt: skip
from bot.delivery.settler import Settler, all_ended
from bot.domain.delivery import ASKED_FOR, DeliveryState
from bot.domain.enrollment import EnrollmentState
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.posting import Addressee, Posting, PostingOutcome, digest_planned
from bot.domain.wallclock import instant
from bot.engine import crashpoints
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost, Postings
from bot.engine.group_views import posting_reply
from bot.engine.ports import Library, Push
from bot.engine.subject import about
from bot.engine.succession import look_after
from bot.engine.unbinding import let_go

log = logging.getLogger(__name__)
CHUNK = 500
PATIENCE = timedelta(weeks=26)
"""An answer that was asked for waits so much longer: its asker may be on a break."""


@dataclass
class Bulletin:
    """Postings over the dispatcher's transports, within the dispatcher's slots: a crash leaves no more in doubt."""

    postings: Postings
    dispatcher: Dispatcher
    library: Library | None = None

    def __post_init__(self) -> None:
        self._settler = Settler(self.postings, self.dispatcher.pauses)

    async def plan(self) -> None:
        """Write the digests that are owed, and find new owners for groups whose own are gone."""
        clock = self.dispatcher.clock
        while True:
            looked_at = await self.postings.plan(clock.now(), CHUNK, digest_planned)
            for group in await self.postings.ownerless(looked_at, clock.now()) if looked_at else ():
                async with self.dispatcher.store.work() as work:
                    await look_after(work, group, clock.now())
            if len(looked_at) < CHUNK:
                return

    async def send_some(self, *, urgent: bool = False) -> int:
        """Send a batch of what may go now, or of what somebody asked for alone. Returns how many were looked at."""
        claimed = await self.postings.claim(self.dispatcher.clock.now(), BATCH, LEASE, urgent=urgent)
        self._settler.stuck = False
        if claimed:
            to = await self.postings.addressees(claimed)
            turns: dict[object, list[Posting]] = {}
            for posting in claimed:
                turns.setdefault(posting.learner_id or f"#{posting.id}", []).append(posting)
            # To one learner by age: an answer overtakes what is for others, and not what it may refer to.
            aged = [sorted(postings, key=lambda posting: posting.id) for postings in turns.values()]
            await all_ended(self._in_turn(postings, to) for postings in aged)
        return len(claimed)

    async def _in_turn(self, postings: Sequence[Posting], to: Mapping[int, Addressee]) -> None:
        """What is for one learner, one after the other: after the first, the rest may have to wait for another day."""
        for number, posting in enumerate(postings):
            fresh = to if number == 0 else await self.postings.addressees([posting])
            with about(posting.key):
                await self._deliver(posting, fresh.get(posting.id))

    async def _deliver(self, posting: Posting, to: Addressee | None) -> None:
        if to is None:
            return await self._drop(posting, "nobody is there any more")
        now = self.dispatcher.clock.now()
        if now >= posting.expires_at + (PATIENCE if posting.kind in ASKED_FOR else timedelta()):
            return await self._drop(posting, "expired")
        found = self._target(posting, to, now)
        if isinstance(found, PostingOutcome):
            return await self._settler.settle(found)
        platform = to.chat.platform if to.chat else found.platform
        async with self.dispatcher.slots[platform]:
            if not self._settler.stuck:
                await self._settler.settle(await self._sent(posting, to, found))
        return None

    async def _drop(self, posting: Posting, why: str) -> None:
        await self._settler.settle(PostingOutcome(posting, DeliveryState.DROPPED, why))

    def _target(self, posting: Posting, to: Addressee, now: datetime) -> Identity | PostingOutcome:
        """The account to write to (an empty one for a chat), or why nothing goes now."""
        if to.chat is not None:
            here = to.chat.platform in self.dispatcher.transports
            return (
                Identity(to.chat.platform, "") if here else _back(posting, now + ELSEWHERE_WAIT, "not sent from here")
            )
        assert to.learner is not None, "a posting is for a chat or for a learner"
        later = _postponed(posting, to, to.learner, now)
        if later is not None:
            return _back(posting, later, "waits for its hour")
        target = self.dispatcher.target(to.identities, to.learner)
        return target or _back(posting, now + UNREACHED_WAIT, "no chat to reach the learner in")

    async def _sent(self, posting: Posting, to: Addressee, account: Identity) -> PostingOutcome:
        now = self.dispatcher.clock.now()
        if self.dispatcher.stopping or (posting.lease_until and now + _DEADLINE > posting.lease_until):
            return _back(posting, posting.not_before, "its turn came too late")
        breaker = self.dispatcher.breakers[account.platform]
        rest = breaker.wait(now)
        if rest is not None:
            return _back(posting, now + rest, f"{account.platform} is away")
        said = await self._attempted(posting, to, account, now)
        if isinstance(said, SendFailed):
            return await self._failed(posting, to, account, said, now)
        if not said:
            return PostingOutcome(posting, DeliveryState.DROPPED, "nothing to say any more")
        breaker.succeeded()
        counts = to.learner is not None and posting.kind not in ASKED_FOR
        on = to.learner.preferences.today(now) if counts and to.learner else None
        return PostingOutcome(posting, DeliveryState.SENT, sent_on=on)

    async def _attempted(self, posting: Posting, to: Addressee, account: Identity, now: datetime) -> bool | SendFailed:
        """Whether it was sent or there was nothing to say, or what failed."""
        try:
            async with asyncio.timeout(SEND_DEADLINE):
                sent = await self._send(posting, to, account, now)
        except TimeoutError:
            return SendFailed("no answer in time", in_doubt=True, outage=True)
        except SendFailed as failure:
            return failure
        except Exception as error:  # words that cannot be made, or a library's own: the others go on
            log.exception("posting %s failed in an unknown way", posting.key)
            return SendFailed(type(error).__name__, in_doubt=True)
        if sent:
            crashpoints.reach("send.after")
        return sent

    async def _send(self, posting: Posting, to: Addressee, account: Identity, now: datetime) -> bool:
        """Make the words and send them; False when there is nothing to say any more."""
        d = self.dispatcher
        async with d.store.work() as work:
            reply = await posting_reply(work, d.catalog, self.library, posting, to, now)
        preferences = to.learner.preferences if to.learner else Preferences(zone=to.group.digest.zone)
        if reply is None:
            return False
        async with d.at_the_desk():
            words = d.renderer.render(reply, preferences)
        crashpoints.reach("send.before")
        if to.chat is not None:
            await d.transports[to.chat.platform].post(ChatPost(posting, to.chat, words))
        else:
            await d.transports[account.platform].send(Push(posting, account, words))
        return True

    async def _failed(
        self, posting: Posting, to: Addressee, account: Identity, failure: SendFailed, now: datetime
    ) -> PostingOutcome:
        log.warning("posting %s refused: %s", posting.key, failure)
        away = self.dispatcher.noted(account.platform, failure)
        if failure.permanent and to.chat is not None:
            async with self.dispatcher.store.work() as work:
                await let_go(work, to.group, to.chat, now)
            return PostingOutcome(posting, DeliveryState.DEAD, str(failure))
        if failure.permanent and to.learner is not None:
            gone = Identity(account.platform, account.external_id, account.chat_id, reachable=False)
            async with self.dispatcher.store.work() as work:
                await work.keep_identity(to.learner.id, gone)
            return _back(posting, now, str(failure))
        if away:
            return _back(posting, self.dispatcher.after_outage(posting, account.platform, failure), str(failure))
        if failure.retry_after is not None and not failure.in_doubt:
            return _back(posting, now + max(failure.retry_after, MOMENT), str(failure))
        again = self.dispatcher.retry.decide(posting.attempts + 1, now, failure.retry_after, random.random())
        if again is None:
            return PostingOutcome(posting, DeliveryState.DEAD, str(failure))
        later = max(again, now + DOUBT_WAIT) if failure.in_doubt else again
        return PostingOutcome(posting, DeliveryState.READY, str(failure), later)


_DEADLINE = timedelta(seconds=SEND_DEADLINE)


def _postponed(posting: Posting, to: Addressee, learner: Learner, now: datetime) -> datetime | None:
    """When to send instead: not in quiet hours, and no second message of our own on one day. The plan of the week goes
    before a word from the group: on its day the word waits for the next. On a break nothing comes at all."""
    preferences = learner.preferences
    today = preferences.today(now)
    if to.plan is not None and to.plan.state is EnrollmentState.PAUSED:
        return preferences.loud(instant(today + timedelta(days=1), preferences.push_time, preferences.tz))
    heard = learner.last_push_on == today or to.owed or (to.plan is not None and to.plan.next_push_on == today)
    if posting.kind not in ASKED_FOR and heard:
        return preferences.loud(instant(today + timedelta(days=1), preferences.push_time, preferences.tz))
    loud = preferences.loud(now)
    return loud if loud > now else None


def _back(posting: Posting, not_before: datetime, why: str) -> PostingOutcome:
    return PostingOutcome(posting, DeliveryState.READY, why, not_before, attempted=False)
