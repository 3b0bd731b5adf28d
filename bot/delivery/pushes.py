"""One tick of the mentor's own accord: plan what is due, send what may go."""

from __future__ import annotations

import asyncio
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

    async def tick(self) -> int:
        """Plan and send all that is due now. Returns how many deliveries were looked at."""
        count = 0
        while True:
            # Between two batches, so that an hour of sending does not keep others from being planned.
            await self._plan()
            sent = await self._send_some() if self.delivers and not self.dispatcher.stopping else 0
            if not sent:
                return count
            count += sent

    async def _plan(self) -> None:
        chunk = self.outbox.chunk
        while self.plans and await self.outbox.plan(self.clock.now(), chunk, planned) == chunk:
            pass
        if self.plans and self.bulletin is not None:
            await self.bulletin.plan()

    async def _send_some(self) -> int:
        """Learners' own plans first, then what goes out for groups."""
        sent = await self.dispatcher.send_some()
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
