"""One tick of the mentor's own accord: plan what is due, send what may go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.bulletin import Bulletin
from bot.delivery.dispatcher import BATCH, Dispatcher
from bot.domain.planning import planned
from bot.engine.ports import Clock
from bot.engine.storing import Outbox


@dataclass
class Pushes:
    """Planner and dispatcher over one outbox, or one of them while another process does the other's work."""

    outbox: Outbox
    dispatcher: Dispatcher
    clock: Clock
    plans: bool = True
    delivers: bool = True
    bulletin: Bulletin | None = None
    beat: Callable[[], None] = lambda: None
    """Called whenever a batch is through: a tick may last for hours, and somebody wants to know that it moves."""

    async def tick(self) -> int:
        """Plan and send all that is due now. Returns how many deliveries were looked at.

        Planning that fails keeps nobody from getting what is planned already: it is raised when that is sent.
        """
        count = 0
        trouble: Exception | None = None
        while True:
            # Before each batch, so that an hour of sending does not keep others from being planned.
            # Few, so that the first message does not wait for a thousand plans.
            more, failed = await self._planned(min(BATCH, self.outbox.chunk))
            # Beside them, so that the first of many do not wait until all are planned.
            planning = asyncio.create_task(self._plan_on(more))
            try:
                while (sent := await self._send_some()) and not planning.done():
                    count += sent
                    self.beat()
                trouble = await planning or failed  # what went wrong before and goes now is no trouble any more
            finally:
                planning.cancel()
                await asyncio.gather(planning, return_exceptions=True)  # nothing of this tick goes on after it
            self.beat()
            if not sent and not more:
                break
            count += sent
        if trouble is not None:
            raise trouble
        return count

    async def _plan_on(self, more: bool) -> Exception | None:
        failed = None
        while more:
            more, failed = await self._planned(self.outbox.chunk)
        return failed

    async def _planned(self, chunk: int) -> tuple[bool, Exception | None]:
        """Whether there may be more to plan, and what went wrong."""
        try:
            return await self._plan_some(chunk), None
        except Exception as error:
            return False, error

    async def _plan_some(self, chunk: int) -> bool:
        """Plan a chunk, learners before groups. Whether there may be more."""
        if not self.plans or self.dispatcher.stopping:
            return False
        more = await self.outbox.plan(self.clock.now(), chunk, planned) == chunk
        if not more and self.bulletin is not None:
            await self.bulletin.plan()
        return more

    async def _send_some(self) -> int:
        """What somebody asked for, then learners' own plans; the rest for groups when no more of those wait."""
        if not self.delivers or self.dispatcher.stopping or self.dispatcher.resting_until() is not None:
            return 0
        if self.bulletin is None:
            return await self.dispatcher.send_some()
        asked = await self.bulletin.send_some(urgent=True)
        sent = await self.dispatcher.send_some()
        return asked + sent + (await self.bulletin.send_some() if sent < BATCH else 0)

    async def due_within(self, seconds: float) -> bool:
        """Whether something falls due so soon; returns at its instant, so that nobody waits for the next look."""
        due = await self.next_due()
        wait = (due - self.clock.now()).total_seconds() if due is not None else seconds
        if wait >= seconds:
            return False
        if wait > 0:
            await asyncio.sleep(wait)
        return True

    def stop(self) -> None:
        """Finish the messages that are on their way, give back what was claimed beside them, and plan no more."""
        self.dispatcher.stopping = True

    def without(self, platform: str) -> None:
        """Send over a platform no more."""
        transports = self.dispatcher.transports
        self.dispatcher.transports = {name: t for name, t in transports.items() if name != platform}

    async def next_due(self) -> datetime | None:
        """When the next tick will have something to do. While every platform is away: when one may be tried."""
        instants = [await self.outbox.next_due()]
        if self.bulletin is not None:
            instants.append(await self.bulletin.postings.next_due())
        due = min((at for at in instants if at is not None), default=None)
        rest = self.dispatcher.resting_until() if self.delivers else None
        return due if due is None or rest is None else max(due, rest)

    async def release(self) -> None:
        """Give back every claim. Only for a process that knows it is alone, such as one that owns the clock."""
        await self.outbox.release()
        if self.bulletin is not None:
            await self.bulletin.postings.release()
