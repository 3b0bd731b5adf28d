"""One tick of the mentor's own accord: plan what is due, send what may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.dispatcher import Dispatcher
from bot.domain.planning import planned
from bot.engine.ports import Clock, Outbox

CHUNK = 200


@dataclass
class Pushes:
    """Planner and dispatcher over one outbox."""

    outbox: Outbox
    dispatcher: Dispatcher
    clock: Clock

    async def tick(self) -> int:
        """Plan and send all that is due now. Returns how many deliveries were looked at."""
        while await self.outbox.plan(self.clock.now(), CHUNK, planned) == CHUNK:
            pass
        return await self.dispatcher.drain()

    async def next_due(self) -> datetime | None:
        """When the next tick will have something to do."""
        return await self.outbox.next_due()
