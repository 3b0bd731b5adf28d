"""Discord away for longer than a moment: what was heard is answered when it is back, once, and a poison is let go."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.discord_adapter.house import House, living
from tests.loopback.discord.interactions import COMMAND
from tests.loopback.discord.people import Person, words
from tests.loopback.discord.server import LoopbackDiscord

SAY, ANSWER = "/channels/.*/messages", "/webhooks/"


async def until(true: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:  # noqa: ASYNC110 - a server on loopback makes it true
        await asyncio.sleep(0.02)
    assert true()


def done(person: Person) -> int:
    return sum("Done: 1" in words(m) for m in person.inbox)


async def open_events(house: House) -> int:
    return len(await house.app.inbox.waiting("discord"))


@pytest.mark.parametrize("kind", ["503", "reset"])
async def test_what_was_said_while_discord_takes_nothing_is_answered_once_it_does(alone: House, kind: str) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    fault = alone.discord.faults.add(kind, SAY, times=5)
    await ada.write("done 1")
    await until(lambda: done(ada))
    assert fault.times == 0
    await asyncio.sleep(0.1)
    assert done(ada) == 1
    assert await open_events(alone) == 0


async def test_what_an_earlier_run_left_is_not_dropped_when_discord_takes_nothing_at_the_start(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    async with living(discord, tmp_path / "milepost.db") as house:
        await house.enroll(ada)
        fault = discord.faults.add("503", SAY, times=5)
        await ada.write("done 1")
        await until(lambda: fault.times < 5)
    assert done(ada) == 0
    async with living(discord, tmp_path / "milepost.db") as house:
        await until(lambda: done(ada), 15)
        await asyncio.sleep(0.1)
        assert await open_events(house) == 0
    assert done(ada) == 1


async def test_an_answer_that_discord_refuses_becomes_an_apology_in_its_place_and_never_comes_back(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    async with living(discord, tmp_path / "milepost.db") as house:
        await house.enroll(ada)
        hall = await house.server()
        discord.faults.add("400", ANSWER, method="PATCH", code=50035)
        one = await ada.settled(await ada.begin(COMMAND, ada._call("done", {"tasks": "1"}), hall))
        assert "went wrong on our side" in ada.reads(one)
        assert not one.thinking
        assert len(one.posted) == 1
        assert await open_events(house) == 0


async def test_commands_that_could_not_be_registered_at_first_are_registered_a_moment_later(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    discord.faults.add("503", "/commands", method="PUT", times=2)
    async with living(discord, tmp_path / "milepost.db"):
        await until(lambda: discord.world.commands)


async def test_commands_that_discord_refuses_do_not_keep_it_from_answering(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    discord.faults.add("400", "/commands", method="PUT", code=50035)
    async with living(discord, tmp_path / "milepost.db"):
        assert await discord.person("Ada").say("hi")


async def test_a_look_at_the_direct_chat_that_fails_brings_no_apology_after_a_good_answer(alone: House) -> None:
    ada, hall = alone.discord.person("Ada"), await alone.server()
    fault = alone.discord.faults.add("503", "/users/@me/channels", times=4)
    one = await ada.slash("start", hall)
    await until(lambda: not fault.times)
    await asyncio.sleep(0.2)
    assert "Ada" in ada.reads(one)
    assert "went wrong" not in ada.reads(one)
    assert await open_events(alone) == 0
