"""APScheduler's single tick. It only says "look"; what is due lives in the database, never in the scheduler."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.delivery.forgetting import Forgetting
from bot.delivery.pushes import Pushes

log = logging.getLogger(__name__)
SECONDS = 1
STILL = 60.0
STUCK = 300.0
"""Seconds within which a batch is through, whatever a platform and the database do meanwhile."""
PATIENCE = 15.0
"""Seconds that a running tick is given to end before it is cut off; what it had claimed is sent after the lease. With
what the web and the platforms need after that it stays below the half minute that compose.yaml grants."""


class Ticker:
    """Runs `Pushes.tick` every second, one at a time; a failed tick is logged and the next one tries again."""

    def __init__(self, pushes: Pushes, forgetting: Forgetting | None = None) -> None:
        self._pushes = pushes
        self._forgetting = forgetting
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._last = time.monotonic()
        self._trouble = ""
        pushes.beat = self._moved

    def start(self) -> None:
        """Begin ticking in the running event loop."""
        # With the defaults a tick is dropped when the loop stalls for over a second, and late ticks pile up.
        options = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=SECONDS), id="tick", **options)
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler.start()

    def stands_still(self) -> bool:
        """Whether no tick has ended well for a minute, or one that runs has got nowhere: then nothing is sent."""
        return time.monotonic() - self._last > (STUCK if self._ticking.locked() else STILL)

    async def stop(self) -> None:
        """Tick no more. A tick that runs may end: the scheduler itself would cancel it in a transaction's middle."""
        self._pushes.stop()
        self._scheduler.remove_all_jobs()
        await asyncio.sleep(0)  # a tick that was just created takes the lock
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ticking.acquire(), PATIENCE)
        self._scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        async with self._ticking:
            try:
                if await self._pushes.due_within(SECONDS):
                    await self._pushes.tick()
                if self._forgetting is not None:
                    await self._forgetting.tick()
                self._moved()
                self._trouble = ""
            except Exception as error:
                self._tell(type(error).__name__)

    def _moved(self) -> None:
        self._last = time.monotonic()

    def _tell(self, what: str) -> None:
        """With all that is known, the first time; an hour without a database is not worth an hour of tracebacks."""
        log.error("tick failed (%s); the next one tries again", what, exc_info=what != self._trouble)
        self._trouble = what
