"""Forgets, hour by hour, what was kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engine.ports import Clock
from bot.engine.storing import Store

EVERY = timedelta(hours=1)


@dataclass
class Forgetting:
    """Removes what has had its time, a part at each tick until there is no more."""

    store: Store
    clock: Clock
    last: datetime | None = None

    async def tick(self) -> None:
        """Look, unless there was no more to forget within the hour."""
        now = self.clock.now()
        if self.last is None or now - self.last >= EVERY:
            async with self.store.work() as work:
                gone = await work.purge(now)
            if not gone:
                self.last = now
