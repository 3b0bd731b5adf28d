"""A mentor that lives on a loopback Discord, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.discord.platform import DiscordPlatform, Options
from bot.app import App
from bot.clock import ManualClock
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from tests.loopback.discord.people import Person
from tests.loopback.discord.server import LoopbackDiscord
from tests.loopback.discord.world import Channel
from tests.shared import running_app

MONDAY_MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@dataclass
class House:
    """The mentor, its clock, and the Discord it is on."""

    discord: LoopbackDiscord
    app: App
    platform: DiscordPlatform
    pushes: Pushes
    clock: ManualClock
    task: asyncio.Task[None]

    async def enroll(self, person: Person, where: Channel | None = None, zone: str = "Berlin") -> None:
        """From nothing to a plan that begins this Monday."""
        await person.slash("begin", where, roadmap="full-stack-ml-36")
        await person.slash("zone", where, place=zone)

    async def wait(self, **length: float) -> None:
        """Let the mentor's time pass, and what falls due be sent."""
        until = self.clock.now() + timedelta(**length)
        await pass_time(self.pushes, self.clock, until)

    async def server(self, *, joined: bool = True) -> Channel:
        """The first channel of a new server, which the bot has joined or knows nothing of."""
        guild = self.discord.world.add_guild("Study hall")
        channel = self.discord.world.add_channel(guild)
        if joined:
            await self.discord.gateway.emit("GUILD_CREATE", guild.shown(self.discord.world.bot))
        return channel


@asynccontextmanager
async def living(
    discord: LoopbackDiscord, database: Path, at: datetime = MONDAY_MORNING, model: str = "", **options: Any
) -> AsyncIterator[House]:
    """A mentor on a Discord, on a fresh or existing database, and with the model at an address if there is one."""
    clock = ManualClock(at)
    asked = {"llm_base_url": model, "llm_model": "m"} if model else {}
    async with running_app(database, clock, **asked) as app:
        chosen = Options(discord.world.token, discord.api_url, discord.gateway_url, **options)
        platform = DiscordPlatform(
            chosen, app.mentor, app.store, app.inbox, app.marks, app.catalog, app.registry, app.renderer
        )
        discord.gateway.ready.clear()
        task = asyncio.create_task(platform.run())
        await asyncio.wait({task, asyncio.create_task(discord.bot_ready())}, return_when=asyncio.FIRST_COMPLETED)
        try:
            yield House(discord, app, platform, app.pushes(platform), clock, task)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
