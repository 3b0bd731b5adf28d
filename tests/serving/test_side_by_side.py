"""Telegram and Discord in one `milepost serve`: whole conversations on both, and one's end that leaves the other be."""

from __future__ import annotations

import asyncio
import importlib
import os
import sqlite3
import time
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop
    importlib.import_module("discord")

from tests.loopback.discord.people import is_private, words
from tests.loopback.discord.server import LoopbackDiscord
from tests.loopback.discord.world import Channel
from tests.loopback.telegram.people import Room, direct, group, person
from tests.loopback.telegram.server import LoopbackTelegram
from tests.telegram.test_serve import START, Process

pytestmark = [pytest.mark.timeout(300), pytest.mark.long]
ROADMAP = "full-stack-ml-36"


@dataclass
class Town:
    """One process on two platforms."""

    telegram: LoopbackTelegram
    discord: LoopbackDiscord
    process: Process
    database: Path

    def weeks_begin(self) -> None:
        """Let everybody's weekly plan fall due now, at whatever time of day the test runs."""
        now = datetime.now(UTC)
        with sqlite3.connect(self.database, timeout=10) as connection:
            connection.execute("UPDATE learners SET quiet_start = 0, quiet_end = 0, push_time = 0")
            due = (now.date().toordinal(), int(now.timestamp() * 1000) - 1000)
            connection.execute("UPDATE enrollments SET next_push_on = ?, next_push_at = ?", due)
        connection.close()

    async def study_hall(self) -> Channel:
        """A channel of a Discord server that the bot is in."""
        guild = self.discord.world.add_guild("Study hall")
        channel = self.discord.world.add_channel(guild)
        await self.discord.gateway.emit("GUILD_CREATE", guild.shown(self.discord.world.bot))
        return channel

    async def healthy(self) -> bool:
        url = f"http://127.0.0.1:{self.process.port()}/healthz"
        async with aiohttp.ClientSession() as visitor, visitor.get(url) as answer:
            return answer.status == 200


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with LoopbackTelegram().running() as telegram, LoopbackDiscord() as discord:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MILEPOST_")}
        environment = kept | {
            "MILEPOST_DATABASE_URL": f"sqlite:///{tmp_path / 'm.db'}", "MILEPOST_WEB_PORT": "0",
            "MILEPOST_TELEGRAM_TOKEN": telegram.state.token, "MILEPOST_TELEGRAM_API_URL": telegram.url,
            "MILEPOST_DISCORD_TOKEN": discord.world.token, "MILEPOST_DISCORD_API_URL": discord.api_url,
            "MILEPOST_DISCORD_GATEWAY_URL": discord.gateway_url, "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        process = Process(environment)
        await process.start()
        try:
            await discord.bot_ready(START)
            yield Town(telegram, discord, process, tmp_path / "m.db")
        finally:
            if process.process and process.process.returncode is None:
                process.process.kill()
            await process.dead()
        assert telegram.state.problems == []
        assert discord.rest.problems() == []


async def hears(room: Room, text: str, seconds: float = 20) -> str:
    """The bot's message with these words, when it comes."""
    await room.server.until(lambda: any(text in seen.text for seen in room.messages), seconds, text)
    return next(seen.text for seen in reversed(room.messages) if text in seen.text)


async def test_two_people_and_a_group_on_telegram_and_a_server_on_discord_through_a_weeks_push(town: Town) -> None:
    ada_t, bo = person(town.telegram, "Ada"), person(town.telegram, "Bo")
    ada, room = direct(town.telegram, ada_t), direct(town.telegram, bo)
    owls = await group(town.telegram, ada_t)
    cy, hall = town.discord.person("Cy"), await town.study_hall()
    dee = town.discord.person("Dee")

    for chat in (ada, room):
        await chat.asks("/start")
        await chat.asks(f"begin {ROADMAP}")
        await chat.asks("zone London")
    for one, where in ((cy, hall), (dee, None)):
        await one.slash("begin", where, roadmap=ROADMAP)
        await one.slash("zone", where, place="London")

    assert "Done: 1" in (await ada.asks("done 1 please")).text
    assert "0 of 211" in (await room.asks("how far am I?")).text
    assert "Open again" in (await ada.asks("undo")).text
    await owls.says("@milepost_test_bot what's next?")
    await hears(ada, "First step")
    assert all("First step" not in seen.text for seen in owls.messages)

    done = await cy.slash("done", hall, tasks="1")
    assert "Done: 1" in cy.reads(done)
    assert all(is_private(message) for message in done.posted)
    assert "Done: 1" in "".join(words(message) for message in await dee.say("done 1"))
    assert "Open again" in dee.reads(await dee.slash("undo"))
    assert "First step" in "".join(words(message) for message in await dee.say("what's next?"))

    town.weeks_begin()
    for chat in (ada, room):
        await hears(chat, "of 36 ·", 30)
        assert sum("of 36 ·" in seen.text for seen in chat.messages) == 1
    end = time.monotonic() + 30
    while not all(any("of 36 ·" in words(m) for m in one.inbox) for one in (cy, dee)):
        assert time.monotonic() < end
        await asyncio.sleep(0.05)
    assert "Traceback" not in town.process.log


async def test_one_platform_that_ends_leaves_the_other_and_the_process_as_they_were(town: Town) -> None:
    ada = direct(town.telegram, person(town.telegram, "Ada"))
    assert "Hi Ada" in (await ada.asks("/start")).text
    cy = town.discord.person("Cy")
    assert "Cy" in cy.reads(await cy.slash("start"))

    town.discord.world.token = "revoked"
    await town.discord.gateway.close(4004)
    await town.telegram.until(lambda: "Discord is off" in town.process.log, 20)
    await ada.asks(f"begin {ROADMAP}")
    await ada.asks("zone London")
    town.weeks_begin()
    await hears(ada, "of 36 ·", 30)
    assert town.process.log.count("ERROR") == 1
    assert await town.healthy()

    await town.telegram.revoke()
    await town.telegram.until(lambda: "refused the bot's token" in town.process.log, 20)
    assert town.process.log.count("ERROR") == 2
    assert await town.healthy()
    assert "Traceback" not in town.process.log
