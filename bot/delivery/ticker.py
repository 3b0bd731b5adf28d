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
STILL = 90.0
"""Seconds; a send alone may take sixty, see `bot.delivery.dispatcher`."""
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
        self._failing = False

    def start(self) -> None:
        """Begin ticking in the running event loop."""
        # With the defaults a tick is dropped when the loop stalls for over a second, and late ticks pile up.
        options = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=SECONDS), id="tick", **options)
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler.start()

    def stands_still(self) -> bool:
        """Whether no tick has ended well or got on for so long: then nothing is sent, whatever else works."""
        return time.monotonic() - max(self._last, self._pushes.moved_at, self._pushes.dispatcher.moved_at) > STILL

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
                self._last = time.monotonic()
                self._failing = False
            except Exception as error:
                # The same again every second would bury what else is said.
                if self._failing:
                    log.warning("tick failed again: %s", type(error).__name__)
                else:
                    log.exception("tick failed; the next one tries again")
                self._failing = True
