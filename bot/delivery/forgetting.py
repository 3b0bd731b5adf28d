"""Forgets, once an hour, what was kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engine.ports import Clock
from bot.engine.storing import Store

EVERY = timedelta(hours=1)


@dataclass
class Forgetting:
    """Removes words whose time is over."""

    store: Store
    clock: Clock
    last: datetime | None = None

    async def tick(self) -> None:
        """Look, unless it was done within the hour."""
        now = self.clock.now()
        if self.last is None or now - self.last >= EVERY:
            async with self.store.work() as work:
                await work.feedback.purge(now)
            self.last = now
