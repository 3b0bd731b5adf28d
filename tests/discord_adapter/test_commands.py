"""Slash commands: made from the declarations, registered when they changed, completed from memory."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.discord_adapter.house import House, living
from tests.loopback.discord.interactions import AUTOCOMPLETE
from tests.loopback.discord.server import LoopbackDiscord

shared = pytest.mark.asyncio(loop_scope="module")


@shared
async def test_every_command_in_the_menu_is_registered_with_legal_names(house: House) -> None:
    commands = [c for c in house.discord.world.commands if c.get("type", 1) == 1]
    names = {c["name"] for c in commands}
    assert {c.name for c in house.app.registry.commands.values() if c.in_menu} <= names
    for command in commands:
        assert re.fullmatch(r"[-_a-z0-9]{1,32}", command["name"])
        assert 1 <= len(command["description"]) <= 100
        for option in command.get("options", []):
            assert re.fullmatch(r"[-_a-z0-9]{1,32}", option["name"])
            assert 1 <= len(option["description"]) <= 100
            assert option["description"] != option["name"], f"/{command['name']} {option['name']} has no words"


@shared
async def test_commands_are_for_servers_direct_chats_and_user_installs(house: House) -> None:
    for command in house.discord.world.commands:
        assert command["integration_types"] == [0, 1]
        assert command["contexts"] == [0, 1, 2]


async def test_commands_are_registered_once_and_again_only_when_they_change(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    database = tmp_path / "milepost.db"
    for _ in range(2):
        async with living(discord, database):
            assert discord.world.command_writes == 1
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE marks SET value = 'those of an older version'")
    connection.close()
    async with living(discord, database):
        assert discord.world.command_writes == 2


@shared
async def test_tasks_weeks_roadmaps_and_cities_are_offered_while_typing(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    tasks = await ada.type_ahead("done", "tasks", "")
    assert tasks[0]["name"].startswith("1 · ")
    assert tasks[-1]["value"] == "all"
    assert (await ada.type_ahead("week", "week", "neural"))[0]["name"].lower().count("neural") == 1
    assert {c["value"] for c in await ada.type_ahead("switch", "roadmap", "")} == set(house.app.catalog.roadmaps)
    assert (await ada.type_ahead("zone", "place", "new y"))[0]["value"] == "America/New_York"


@shared
async def test_what_was_done_is_no_longer_offered(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    first = (await ada.type_ahead("done", "tasks", ""))[0]
    await ada.slash("done", tasks=first["value"])
    assert first not in await ada.type_ahead("done", "tasks", "")


async def test_what_was_done_is_offered_to_be_taken_back_the_latest_first(alone: House) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    first, second = (await ada.type_ahead("done", "tasks", ""))[:2]
    assert await ada.type_ahead("undo", "tasks", "") == []
    for task in (first, second):
        await ada.slash("done", tasks=task["value"])
        await alone.wait(minutes=1)
    assert await ada.type_ahead("undo", "tasks", "") == [second, first]
    await ada.slash("undo", tasks=first["value"])
    assert await ada.type_ahead("undo", "tasks", "") == [second]


@shared
async def test_offers_that_are_lost_on_their_way_come_again_and_late_ones_are_no_error(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    for after in (False, True):
        house.discord.faults.add("reset", "/interactions/", after=after)
        assert await ada.type_ahead("week", "week", "")
    house.discord.interactions.ack_seconds = 0.0
    try:
        late = await ada.begin(AUTOCOMPLETE, ada._call("week", {"week": ""}, "week"))
        await asyncio.sleep(0.2)
    finally:
        house.discord.interactions.ack_seconds = 3.0
    assert late.acks_refused == [10062]
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING] == []


@shared
async def test_somebody_without_a_plan_is_offered_nothing_and_told_how_to_begin(house: House) -> None:
    bo = house.discord.person("Bo")
    assert await bo.type_ahead("done", "tasks", "1") == []
    assert "roadmap" in bo.reads(await bo.slash("done", tasks="1"))


@pytest.mark.parametrize(
    ("typed", "answer"), [("2 and 3", "Done: 2"), ("nonsense words", ""), ("999999999999", ""), ("🙃 \u202e", "")]
)
@shared
async def test_whatever_is_typed_into_an_option_is_answered(house: House, typed: str, answer: str) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    assert answer in ada.reads(await ada.slash("done", tasks=typed))


async def test_offers_do_not_wait_for_a_locked_database(alone: House, tmp_path: Path) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    holder = threading.Thread(target=hold_lock, args=(tmp_path / "milepost.db", 2.0))
    holder.start()
    started = time.monotonic()
    await ada.type_ahead("done", "tasks", "1")
    assert time.monotonic() - started < 2.0
    holder.join()


def hold_lock(database: Path, seconds: float) -> None:
    """What another process that writes does to everybody else."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()
