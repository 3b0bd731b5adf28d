"""Two who link at the same instant, on SQLite and on PostgreSQL: whatever order it comes to, nothing is half done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.conversations.two_platforms import Side, two_platforms
from tests.postgres import fresh_database

Sides = tuple[Side, Side]


@pytest.fixture(params=["sqlite", "postgresql"])
async def sides(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sides]:
    async with AsyncExitStack() as stack:
        database: Path | str = tmp_path / "m.db"
        if request.param == "postgresql":
            database = await stack.enter_async_context(fresh_database(request.getfixturevalue("postgres_server")))
        yield await stack.enter_async_context(two_platforms(database))


async def test_of_two_who_race_for_one_code_one_gets_it(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    code = await telegram.code()
    bridge = Side(discord.app, discord.clock, discord.mailbox, discord.pushes, platform="bridge")
    told = await asyncio.gather(discord.press(f"link {code} yes"), bridge.press(f"link {code} yes", "bo"))
    assert sorted("Linked:" in text for text in told) == [False, True]
    assert any("used already" in text for text in told)


async def test_each_confirming_the_others_code_at_once_are_one_in_the_end(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.say("done 1")
    await discord.enroll()
    await discord.say("done 2")
    theirs, mine = await telegram.code(), await discord.code()
    told = await asyncio.gather(discord.press(f"link {theirs} yes"), telegram.press(f"link {mine} yes"))
    assert sum("Linked:" in text for text in told) == 1
    for side in sides:
        assert "2 of 211 tasks" in await side.say("progress")
    await telegram.wait(days=8)
    assert len(telegram.mailbox.pushes) + len(discord.mailbox.pushes) == 1


async def test_what_is_said_on_one_side_while_the_other_links_is_not_lost(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await discord.enroll()
    code = await telegram.code()
    told = await asyncio.gather(discord.press(f"link {code} yes"), telegram.say("done 1"), telegram.say("done 2"))
    assert "Linked:" in told[0]
    assert all("Done" in text for text in told[1:])
    assert "2 of 211 tasks" in await discord.say("progress")


async def test_a_push_that_is_due_and_not_planned_yet_comes_once_after_the_link(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await discord.enroll()
    telegram.clock.move(telegram.clock.now().replace(day=7, month=12, hour=8, minute=0, second=30))
    await discord.press(f"link {await telegram.code()} yes")
    await telegram.pushes.tick()
    pushes = [*telegram.mailbox.pushes, *discord.mailbox.pushes]
    assert [push.delivery.local_date.isoformat() for push in pushes] == ["2026-12-07"]
