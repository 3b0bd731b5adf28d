"""milepost bridge"""

from __future__ import annotations

import asyncio
import secrets
import sys
from enum import StrEnum
from typing import Annotated

import typer

from bot.verbs import say


class ClockChoice(StrEnum):
    """Who moves the clock."""

    SYSTEM = "system"
    MANUAL = "manual"


def bridge(
    clock: Annotated[
        ClockChoice, typer.Option(help="manual: time stands still and moves by clock lines")
    ] = ClockChoice.SYSTEM,
    at: Annotated[
        str, typer.Option(help="where a manual clock starts, such as 2026-12-07T09:00:00Z (default: now)")
    ] = "",
) -> None:
    """Speak JSON lines on stdin and stdout, to connect any other chat platform. See docs/bridge.md."""
    say.quiet_logs("ERROR")
    say.speak_utf8()
    asyncio.run(_bridge(clock is ClockChoice.MANUAL, at))


async def _bridge(manual: bool, at: str) -> None:
    # Imported here so that --help stays quick.
    from bot.adapters.bridge import protocol  # noqa: PLC0415
    from bot.adapters.bridge.bridge import Bridge, BridgeTransport, lines_of, time_traveller  # noqa: PLC0415
    from bot.adapters.bridge.flights import HEAD_START  # noqa: PLC0415
    from bot.app import running, warm  # noqa: PLC0415
    from bot.clock import ManualClock, SystemClock  # noqa: PLC0415
    from bot.delivery.forgetting import Forgetting  # noqa: PLC0415
    from bot.delivery.ticker import Ticker  # noqa: PLC0415
    from bot.settings import Settings, data_folder  # noqa: PLC0415

    def write(body: protocol.Json) -> None:
        sys.stdout.write(protocol.line(body))
        sys.stdout.flush()

    try:
        start = protocol.parse_instant(at) if at else SystemClock().now()
    except protocol.BadRequest as error:
        raise typer.BadParameter(str(error), param_hint="--at") from error
    clock = ManualClock(start) if manual else SystemClock()
    async with running(Settings.load(), clock) as app:
        pushes = app.pushes(BridgeTransport(write, clock))
        forgetting = Forgetting(app.store, clock)
        ticker = Ticker(pushes, forgetting)
        talk = Bridge(app.mentor, clock, write, data_folder() / "bridge-files", f"{secrets.token_hex(6)}-")
        if app.mentor.study and app.mentor.study.tutor:  # a first question must not spend its time on reading notes
            warm(app.mentor.study)
            talk.flights.patience = HEAD_START
        if isinstance(clock, ManualClock):
            await pushes.release()
            talk.advance = time_traveller(clock, pushes, forgetting)
        else:
            ticker.start()
        await talk.run(lines_of(sys.stdin))
        if not manual:
            await ticker.stop()
