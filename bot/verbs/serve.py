"""milepost serve"""

from __future__ import annotations

import asyncio
import logging
import signal

from bot.verbs import say

log = logging.getLogger(__name__)


def serve() -> None:
    """Run every platform that has a token, the scheduler and the web app, until stopped."""
    asyncio.run(_serve())


async def _serve() -> None:
    # Imported here so that --help stays quick.
    from bot.app import running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.delivery.ticker import Ticker  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    settings = Settings.load()
    say.quiet_logs(settings.log_level)
    async with running(settings, SystemClock()) as app:
        ticker = Ticker(app.pushes())
        ticker.start()
        log.info("milepost runs with %d roadmaps; no platform has a token yet", len(app.catalog.roadmaps))
        await _until_stopped()
        ticker.stop()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    await stopped.wait()
