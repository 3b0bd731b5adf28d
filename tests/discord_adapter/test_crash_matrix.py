"""`milepost serve` on Discord, killed with `kill -9` at every named place: what was kept is not lost, and nothing comes
twice."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.crashpoints import POINTS
from tests.discord_adapter.test_serve import begin, free_claims, launch, serving, until
from tests.loopback.discord.people import Person, words
from tests.loopback.discord.server import LoopbackDiscord

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

PUSHING = [p for p in POINTS if p.startswith(("plan", "claim", "send", "settle")) and p != "send.during"]
"""`send.during` is on the wire: tests/discord_adapter/test_serve.py cuts it there."""
ANSWERING = [p for p in POINTS if p.startswith(("work", "inbox"))]
UNKEPT = {"inbox.written"}
"""Acknowledged and not on disk yet: Discord hands nothing out a second time."""


async def settled_in(discord: LoopbackDiscord, folder: Path, person: Person) -> None:
    """A database in which somebody is on a roadmap."""
    async with serving(discord, folder) as process:
        await person.slash("begin", roadmap="full-stack-ml-36")
        await person.slash("zone", place="London")
        process.send_signal(signal.SIGTERM)
        await process.wait()


def copied(folder: Path, name: str) -> Path:
    """The same in a folder of its own."""
    made = folder / name
    made.mkdir()
    shutil.copy(folder / "milepost.db", made)
    return made


def week_begins(folder: Path) -> None:
    now = datetime.now(UTC)
    with sqlite3.connect(folder / "milepost.db", timeout=10) as connection:
        connection.execute("UPDATE learners SET quiet_start = 0, quiet_end = 0, push_time = 0")
        due = (now.date().toordinal(), int(now.timestamp() * 1000) - 1000)
        connection.execute("UPDATE enrollments SET next_push_on = ?, next_push_at = ?", due)
    connection.close()


async def killed(discord: LoopbackDiscord, folder: Path, point: str) -> int | None:
    """How the program ends that is to die at a place."""
    process = await launch(discord, folder, MILEPOST_CRASH_AT=point)  # it may die before it is on Discord
    return await asyncio.wait_for(process.wait(), 60)


async def test_a_plan_comes_once_wherever_the_program_is_killed(discord: LoopbackDiscord, tmp_path: Path) -> None:
    ada = discord.person("Ada")
    await settled_in(discord, tmp_path, ada)
    for point in PUSHING:
        folder = copied(tmp_path, point)
        week_begins(folder)
        discord.world.nonces.clear()  # every round sends the same plan
        before = len(ada.inbox)
        assert await killed(discord, folder, point) == -signal.SIGKILL, point
        free_claims(folder)
        async with serving(discord, folder):
            await until(lambda before=before: len(ada.inbox) > before)  # type: ignore[misc]
            await asyncio.sleep(0.7)
        assert sum("of 36 ·" in words(m) for m in ada.inbox[before:]) == 1, point


async def test_what_was_kept_is_done_and_answered_once_wherever_the_program_is_killed(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    await settled_in(discord, tmp_path, ada)
    for point in ANSWERING:
        folder = copied(tmp_path, point)
        before, dying = len(ada.inbox), await begin(discord, folder, MILEPOST_CRASH_AT=point)
        await ada.write("done 1")
        assert await asyncio.wait_for(dying.wait(), 30) == -signal.SIGKILL, point
        async with serving(discord, folder):
            if point not in UNKEPT:
                await until(lambda before=before: len(ada.inbox) > before)  # type: ignore[misc]
            await asyncio.sleep(0.5)
            assert sum("Done: 1" in words(m) for m in ada.inbox[before:]) == (point not in UNKEPT), point
            wanted = "0 of 211" if point in UNKEPT else "1 of 211"
            assert wanted in ada.reads(await ada.slash("progress")), point
