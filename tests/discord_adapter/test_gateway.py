"""The connection: what is lost on it, who may give up, and when."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

import pytest

from bot.adapters.discord.platform import DiscordPlatform, Options
from tests.discord_adapter.house import House, living
from tests.discord_adapter.test_outages import until
from tests.loopback.discord.people import words
from tests.loopback.discord.server import LoopbackDiscord

SHUT = "ws://127.0.0.1:9/gateway"


async def answers_to(discord: LoopbackDiscord, house: House, interrupt: str) -> int:
    """How often something said while the line was down is answered."""
    ada = discord.person("Ada")
    await house.enroll(ada)
    before = len(ada.inbox)
    await getattr(discord.gateway, interrupt)()
    await ada.write("what's next?")
    for _ in range(100):
        await asyncio.sleep(0.05)
        if len(ada.inbox) > before:
            break
    await asyncio.sleep(0.3)
    return len([m for m in ada.inbox[before:] if "Next: 1" in words(m)])


@pytest.mark.parametrize("interrupt", ["drop", "ask_to_reconnect"])
async def test_what_is_said_while_the_line_is_down_is_answered_once(alone: House, interrupt: str) -> None:
    assert await answers_to(alone.discord, alone, interrupt) == 1
    assert alone.discord.gateway.resumes == 1
    assert len(alone.discord.gateway.identifies) == 1


@pytest.mark.long
async def test_a_session_that_is_void_is_begun_anew(alone: House) -> None:
    ada = alone.discord.person("Ada")
    alone.discord.gateway.ready.clear()
    await alone.discord.gateway.invalidate()
    await alone.discord.bot_ready(12)
    assert ada.reads(await ada.slash("start"))


@pytest.mark.parametrize("code", [4000, 4008, 4009])
async def test_a_passing_close_is_followed_by_a_new_connection(alone: House, code: int) -> None:
    ada = alone.discord.person("Ada")
    await alone.discord.gateway.close(code)
    assert (await asyncio.wait_for(ada.say("hi"), 10))[0]


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_a_close_that_cannot_be_mended_stops_the_platform_with_one_line(
    discord: LoopbackDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    discord.gateway.close_with = code
    with caplog.at_level(logging.ERROR):
        async with living(discord, tmp_path / "milepost.db") as house:
            await asyncio.wait_for(house.task, 10)
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("bot.")]
    assert len(ours) == 1
    assert ours[0].startswith("Discord is off: ")
    assert len(discord.gateway.identifies) == 1


async def test_a_wrong_token_stops_the_platform_before_it_connects(discord: LoopbackDiscord, tmp_path: Path) -> None:
    ours = discord.world.token
    async with living(discord, tmp_path / "milepost.db") as house:
        house.task.cancel()
        discord.world.token = "another"
        before = len(discord.gateway.identifies)
        await asyncio.wait_for(house.platform.run(), 10)
        assert "does not know this token" in house.platform.problem
        assert len(discord.gateway.identifies) == before
    discord.world.token = ours


async def test_a_discord_that_is_down_at_first_is_waited_for(tmp_path: Path) -> None:
    """Also when REST answers and only the gateway does not, where discord.py trips over itself."""
    discord = LoopbackDiscord()
    await discord.start()
    await discord.stop()
    starting = asyncio.create_task(_start_later(discord, 0.5))
    async with living(discord, tmp_path / "milepost.db") as house:
        await discord.bot_ready(15)
        assert not house.platform.problem
    await starting
    await discord.stop()


async def _start_later(discord: LoopbackDiscord, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await discord.start()


def elsewhere(house: House, gateway_url: str) -> DiscordPlatform:
    """The same platform, not running yet, with its gateway at another address."""
    kept = {name: value for name, value in vars(house.platform).items() if not name.startswith("_")}
    options = Options(house.discord.world.token, house.discord.api_url, gateway_url)
    return DiscordPlatform(**{**kept, "options": options})


async def test_a_first_connection_to_a_shut_gateway_is_tried_again(alone: House) -> None:
    alone.task.cancel()
    await asyncio.wait({alone.task})
    platform = elsewhere(alone, SHUT)
    tries = len(alone.discord.sent("GET", "/users/@me"))
    task = asyncio.create_task(platform.run())
    await until(lambda: len(alone.discord.sent("GET", "/users/@me")) > tries + 1)
    assert not task.done()
    assert not platform.problem
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    assert task.cancelled()


async def test_told_to_stop_at_any_moment_of_a_failing_start_it_stops(alone: House) -> None:
    """Also where a library reports the failure it was just meeting in place of having been cancelled."""
    alone.task.cancel()
    await asyncio.wait({alone.task})
    for delay in range(40):
        task = asyncio.create_task(elsewhere(alone, SHUT).run())
        await asyncio.sleep(delay / 1000)
        task.cancel()
        await asyncio.wait({task}, timeout=8)
        assert task.cancelled(), f"after {delay} ms"


async def test_only_the_rights_it_needs_are_asked_for(alone: House) -> None:
    intents = alone.discord.gateway.identifies[0]["intents"]
    assert intents == 1 << 0 | 1 << 9 | 1 << 12


async def test_message_content_is_asked_for_only_when_it_is_switched_on(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    discord.gateway.allowed_privileged = 1 << 15
    async with living(discord, tmp_path / "milepost.db", message_content=True):
        assert discord.gateway.identifies[0]["intents"] & 1 << 15


@pytest.mark.long
async def test_above_two_thousand_servers_there_are_several_shards(discord: LoopbackDiscord, tmp_path: Path) -> None:
    discord.world.guild_count, discord.world.recommended_shards = 2600, 2
    async with living(discord, tmp_path / "milepost.db"):
        for _ in range(200):
            await asyncio.sleep(0.05)
            if len(discord.gateway.identifies) == 2:
                break
    assert [i["shard"] for i in discord.gateway.identifies] == [[0, 2], [1, 2]]


async def test_two_processes_on_one_token_answer_once(discord: LoopbackDiscord, tmp_path: Path) -> None:
    database = tmp_path / "milepost.db"
    async with living(discord, database) as house, living(discord, database):
        ada, hall = discord.person("Ada"), await house.server()
        one = await ada.slash("start", hall)
        assert one.acks_refused == [40060]
        assert len(one.posted) == 1
        await house.enroll(ada)
        before = len(ada.inbox)
        await ada.say("what's next?")
        await asyncio.sleep(0.3)
        assert len(ada.inbox) == before + 1


async def test_it_is_ready_within_two_seconds(discord: LoopbackDiscord, tmp_path: Path) -> None:
    async with living(discord, tmp_path / "milepost.db"):
        pass
    started = time.monotonic()
    async with living(discord, tmp_path / "milepost.db"):
        assert time.monotonic() - started < 4  # two on a quiet machine: bench/discord.py measures it


async def test_a_client_that_beats_its_heart_is_told_so(discord: LoopbackDiscord, tmp_path: Path) -> None:
    discord.gateway.heartbeat_ms = 200
    async with living(discord, tmp_path / "milepost.db"):
        await asyncio.sleep(1)
    assert discord.gateway.heartbeats >= 3
