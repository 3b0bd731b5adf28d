"""Forgets, hour by hour, what was kept long enough."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engine.ports import Clock
from bot.engine.storing import Store

EVERY = timedelta(hours=1)
AT_ONCE, PAUSE = 10, 0.01
"""Parts that are removed at a tick, and the seconds between two, in which people write."""


@dataclass
class Forgetting:
    """Removes what has had its time, a part at each tick until there is no more."""

    store: Store
    clock: Clock
    last: datetime | None = None

    async def tick(self) -> None:
        """Look, unless there was no more to forget within the hour."""
        now = self.clock.now()
        if self.last is not None and now - self.last < EVERY:
            return
        for _ in range(AT_ONCE):
            async with self.store.work(hurried=False) as work:
                gone = await work.purge(now)
            if not gone:
                self.last = now
                return
            await asyncio.sleep(PAUSE)
