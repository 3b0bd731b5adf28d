"""`milepost serve` as a real process on Discord: killed at any moment it repeats nothing; told to stop, it stops."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.loopback.discord.people import Person, words
from tests.loopback.discord.server import LoopbackDiscord

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
Process = asyncio.subprocess.Process


def environment(discord: LoopbackDiscord, folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MILEPOST_")}
    return kept | {
        "MILEPOST_DATABASE_URL": f"sqlite:///{folder / 'milepost.db'}", "MILEPOST_DISCORD_TOKEN": discord.world.token,
        "MILEPOST_DISCORD_API_URL": discord.api_url, "MILEPOST_DISCORD_GATEWAY_URL": discord.gateway_url,
        "MILEPOST_WEB_PORT": "0", "XDG_DATA_HOME": str(folder), "PYTHONWARNINGS": "ignore",
    }  # fmt: skip


async def launch(discord: LoopbackDiscord, folder: Path, **more: str) -> Process:
    """Start the program."""
    discord.gateway.ready.clear()
    with (folder / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=ROOT, env=environment(discord, folder) | more,
            stdout=asyncio.subprocess.DEVNULL, stderr=log,
        )  # fmt: skip


async def begin(discord: LoopbackDiscord, folder: Path, **more: str) -> Process:
    """Start the program and wait until it is on Discord."""
    process = await launch(discord, folder, **more)
    await discord.bot_ready(30)
    return process


@asynccontextmanager
async def serving(discord: LoopbackDiscord, folder: Path, **more: str) -> AsyncIterator[Process]:
    process = await begin(discord, folder, **more)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def remind(person: Person, folder: Path) -> None:
    """Ask for a reminder and let it fall due now, at any time of day."""
    await person.slash("snooze", hours=1)
    with sqlite3.connect(folder / "milepost.db", timeout=10) as connection:
        connection.execute("UPDATE learners SET quiet_start = 0, quiet_end = 0")
        connection.execute("UPDATE deliveries SET not_before = 1")
    connection.close()


def free_claims(folder: Path) -> None:
    """As if the dead process's lease were over."""
    with sqlite3.connect(folder / "milepost.db", timeout=10) as connection:
        connection.execute("UPDATE deliveries SET lease_until = 1 WHERE state = 1")
    connection.close()


def reminders(person: Person) -> list[str]:
    return [words(m) for m in person.inbox if "asked me to remind you" in words(m)]


async def until(true: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:  # noqa: ASYNC110 - another process makes it true
        await asyncio.sleep(0.05)
    assert true()


@pytest.mark.parametrize("after", [False, True], ids=["before it is taken", "after it is taken"])
async def test_killed_while_a_push_is_on_its_way_it_arrives_once(
    discord: LoopbackDiscord, tmp_path: Path, after: bool
) -> None:
    ada = discord.person("Ada")
    async with serving(discord, tmp_path) as process:
        await ada.slash("begin", roadmap="full-stack-ml-36")
        await ada.slash("next")
        fault = discord.faults.add("reset", "/channels/.*/messages", after=after, hook=process.kill)
        await remind(ada, tmp_path)
        await until(lambda: not fault.times)
        await process.wait()
    assert len(reminders(ada)) == after
    free_claims(tmp_path)
    async with serving(discord, tmp_path):
        await until(lambda: reminders(ada))
        await asyncio.sleep(1.5)
    assert len(reminders(ada)) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before it is taken", "after it is taken"])
async def test_killed_while_an_answer_is_on_its_way_it_is_given_once_after_the_restart(
    discord: LoopbackDiscord, tmp_path: Path, after: bool
) -> None:
    ada, hall = discord.person("Ada"), discord.world.add_channel(discord.world.add_guild("Study hall"))
    async with serving(discord, tmp_path) as process:
        await ada.slash("begin", roadmap="full-stack-ml-36")
        fault = discord.faults.add("reset", "/webhooks/", method="PATCH", after=after, hook=process.kill)
        one = await ada.begin(2, ada._call("done", {"tasks": "1"}), hall)
        await until(lambda: not fault.times)
        await process.wait()
    async with serving(discord, tmp_path):
        await until(lambda: one.posted and not one.thinking)
        await asyncio.sleep(0.5)
        assert "Done: 1" in ada.reads(one)
        assert len({m["id"] for m in one.posted}) == 1
        assert "1 of 211" in ada.reads(await ada.slash("progress"))


async def test_killed_while_a_written_answer_is_on_its_way_it_comes_once(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    async with serving(discord, tmp_path) as process:
        await ada.slash("begin", roadmap="full-stack-ml-36")
        fault = discord.faults.add("reset", "/channels/.*/messages", after=True, hook=process.kill)
        await ada.write("progress")
        await until(lambda: not fault.times)
        await process.wait()
    async with serving(discord, tmp_path):
        await asyncio.sleep(1.5)
    assert len([m for m in ada.inbox if "0 of 211" in words(m)]) == 1


async def test_told_to_stop_it_finishes_what_it_answers_and_leaves_in_good_order(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    async with serving(discord, tmp_path) as process:
        discord.faults.add("hang", "/webhooks/", method="PATCH", seconds=0.6)
        one = await ada.begin(2, ada._call("start", {}))
        await until(lambda: one.acknowledged)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    assert "Ada" in ada.reads(one)
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert discord.world.token not in log


async def test_a_revoked_token_stops_discord_and_nothing_else(discord: LoopbackDiscord, tmp_path: Path) -> None:
    async with serving(discord, tmp_path) as process:
        discord.world.token = "revoked"
        await discord.gateway.close(4004)
        await until(lambda: "Discord is off" in (tmp_path / "log").read_text())
        await asyncio.sleep(0.5)
        assert process.returncode is None
