"""milepost chat"""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from pathlib import Path

from bot.verbs import say


def chat() -> None:
    """Talk to the mentor in this terminal. Needs no token; your progress is kept in a SQLite file."""
    say.quiet_logs("ERROR")
    asyncio.run(_chat())


async def _chat() -> None:
    # Imported here so that --help stays quick.
    from bot.adapters.terminal.chat import TerminalChat, local_zone, terminal_lines  # noqa: PLC0415
    from bot.adapters.terminal.screen import Screen, folded, terminal_width  # noqa: PLC0415
    from bot.app import running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.delivery.forgetting import Forgetting  # noqa: PLC0415
    from bot.delivery.ticker import Ticker  # noqa: PLC0415
    from bot.domain.message import Sender  # noqa: PLC0415
    from bot.settings import Settings, data_folder  # noqa: PLC0415

    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    clock = SystemClock()
    async with running(Settings.load(), clock) as app:
        sender = Sender("me", _name(), zone=local_zone(clock.now()))
        screen = Screen(colour, terminal_width) if sys.stdout.isatty() else Screen(colour)
        talk = TerminalChat(app.mentor, clock, screen, sender, Path.cwd())
        ticker = Ticker(app.pushes(talk), Forgetting(app.store, clock))
        ticker.start()
        if sys.stdin.isatty():
            hello = "Milepost. Say hi, or bye to leave. Numbers in brackets are buttons: type the number."
            say.line("\n".join(folded(hello, terminal_width())))
        try:
            await talk.run(terminal_lines(data_folder() / "history"))
        finally:
            await ticker.stop()


def _name() -> str:
    try:
        return getpass.getuser().capitalize()
    except (OSError, KeyError):
        return ""
