"""One tick of the mentor's own accord: plan what is due, send what may go."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.bulletin import Bulletin
from bot.delivery.dispatcher import Dispatcher
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

    def __post_init__(self) -> None:
        self._begun = asyncio.Event()
        self.moved_at = time.monotonic()
        """When a chunk was planned or a batch was sent the last time, or there was nothing to do."""

    async def tick(self) -> int:
        """Plan and send all that is due now. Returns how many deliveries were looked at.

        When planning fails, what is planned already is sent all the same before the error is raised.
        """
        count = 0
        while True:
            # Again and again, so that an hour of sending does not keep others from being planned.
            self._begun.clear()
            planning = asyncio.create_task(self._plan_all())
            try:
                await self._begun.wait()  # a chunk is there, and the rest is planned beside the messages
                sent = await self._send_some()
                count += sent
                while sent and (not planning.done() or planning.exception()):
                    sent = await self._send_some()
                    count += sent
                planned_any = await planning
            finally:
                planning.cancel()
                await asyncio.gather(planning, return_exceptions=True)  # nothing of this tick goes on after it
            if not sent and not planned_any:
                return count

    async def _plan_all(self) -> bool:
        """Plan until nothing is due. Whether there was more than a chunk."""
        more = False
        try:
            while await self._plan_some():
                more = True
                self._begun.set()
        finally:
            self._begun.set()
        return more

    async def _plan_some(self) -> bool:
        """Plan a chunk, learners before groups. Whether there may be more."""
        if not self.plans or self.dispatcher.stopping:
            return False
        chunk = self.outbox.chunk
        more = await self.outbox.plan(self.clock.now(), chunk, planned) == chunk
        if not more and self.bulletin is not None:
            await self.bulletin.plan()
        return more

    async def _send_some(self) -> int:
        """Learners' own plans first, then what goes out for groups."""
        if not self.delivers or self.dispatcher.stopping:
            return 0
        self.moved_at = time.monotonic()
        sent = await self.dispatcher.send_some()
        self.moved_at = time.monotonic()
        return sent + (await self.bulletin.send_some() if self.bulletin is not None else 0)

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
        """Finish the messages that are on their way, and give back what was claimed beside them."""
        self.dispatcher.stopping = True

    def without(self, platform: str) -> None:
        """Send over a platform no more."""
        transports = self.dispatcher.transports
        self.dispatcher.transports = {name: t for name, t in transports.items() if name != platform}

    async def next_due(self) -> datetime | None:
        """When the next tick will have something to do."""
        instants = [await self.outbox.next_due()]
        if self.bulletin is not None:
            instants.append(await self.bulletin.postings.next_due())
        return min((at for at in instants if at is not None), default=None)

    async def release(self) -> None:
        """Give back every claim. Only for a process that knows it is alone, such as one that owns the clock."""
        await self.outbox.release()
        if self.bulletin is not None:
            await self.bulletin.postings.release()
