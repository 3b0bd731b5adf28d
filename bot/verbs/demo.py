"""milepost demo"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.verbs import say

SECONDS = 40.0
"""How long the whole demo lasts when somebody watches."""


def demo(fast: Annotated[bool, typer.Option(help="do not wait between the lines")] = False) -> None:
    """Watch nine months of a learner and her group in under a minute, on the real engine; nothing is kept."""
    say.quiet_logs("ERROR")
    asyncio.run(_demo(fast or not sys.stdout.isatty()))


async def _demo(fast: bool) -> None:
    # Imported here so that --help stays quick.
    from bot.adapters.terminal.screen import Screen  # noqa: PLC0415
    from bot.adapters.terminal.timelapse import TimeLapse, load_script  # noqa: PLC0415
    from bot.app import assembled, content_folder  # noqa: PLC0415
    from bot.clock import ManualClock  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415
    from bot.storage.memory import MemoryStore  # noqa: PLC0415
    from bot.storage.memory_inbox import MemoryInbox  # noqa: PLC0415
    from bot.storage.memory_outbox import MemoryOutbox  # noqa: PLC0415
    from bot.storage.memory_postings import MemoryPostings  # noqa: PLC0415

    settings = Settings.load()
    script = load_script(Path(content_folder(settings) / "demo.yaml"))
    clock, store = ManualClock(script.starts), MemoryStore()
    app = assembled(settings, clock, store, MemoryOutbox(store), MemoryInbox(store))
    app.postings, app.mentor.painter = MemoryPostings(store), None
    screen = Screen(sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    pause = 0.0 if fast else SECONDS / len(script.steps)
    lapse = TimeLapse(app.mentor, clock, script, screen, say.line, pause)
    await lapse.run(app.pushes(lapse))
