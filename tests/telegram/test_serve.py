"""`milepost serve` as a real process: a week over Telegram, kill -9 at any moment, a revoked token."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from tests.loopback.telegram.people import Room, Seen, direct, person
from tests.loopback.telegram.server import LoopbackTelegram

ROOT = Path(__file__).resolve().parents[2]
START = 90.0
"""Seconds that a process is given to start: two of them on a busy machine take their time."""
pytestmark = [pytest.mark.timeout(300), pytest.mark.long]


@dataclass
class Process:
    """One `milepost serve`, and all that it wrote to stderr."""

    environment: dict[str, str]
    process: asyncio.subprocess.Process | None = None
    lines: list[str] = field(default_factory=list)
    reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=ROOT, env=self.environment, stderr=asyncio.subprocess.PIPE
        )
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process and self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode())

    async def dead(self) -> int:
        """Wait until the process has died by itself."""
        assert self.process and self.reading
        await asyncio.wait_for(self.process.wait(), 30)
        await self.reading
        return self.process.returncode or 0

    async def end(self, how: signal.Signals) -> int:
        assert self.process and self.reading
        if self.process.returncode is None:
            self.process.send_signal(how)
        code = await self.process.wait()
        await self.reading
        return code

    @property
    def log(self) -> str:
        return "".join(self.lines)

    def port(self) -> int:
        return int(self.log.split("web on http://127.0.0.1:")[1].split()[0])


@asynccontextmanager
async def serving(server: LoopbackTelegram, tmp_path: Path, **settings: str) -> AsyncIterator[Process]:
    environment = {
        **os.environ, "MILEPOST_DATABASE_URL": f"sqlite:///{tmp_path / 'm.db'}", "MILEPOST_WEB_PORT": "0",
        "MILEPOST_TELEGRAM_TOKEN": server.state.token, "MILEPOST_TELEGRAM_API_URL": server.url, **settings,
    }  # fmt: skip
    process = Process(environment)
    await process.start()
    try:
        yield process
    finally:
        await process.end(signal.SIGKILL)


def room(server: LoopbackTelegram, name: str = "Ada") -> Room:
    return direct(server, person(server, name))


async def test_two_people_walk_through_their_start_and_the_process_ends_well(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    ada, bo = room(server), room(server, "Bo")
    async with serving(server, tmp_path) as process:
        assert "Hi Ada" in (await _ask(ada, "/start", START)).text
        for who in (ada, bo):
            await _ask(who, "begin full-stack-ml-36")
            await _ask(who, "zone Berlin")
        assert "Done: 1" in (await _ask(ada, "done 1")).text
        assert "0 of 211 tasks" in (await _ask(bo, "progress")).text
        async with aiohttp.ClientSession() as visitor:
            for path in ("healthz", "readyz"):
                async with visitor.get(f"http://127.0.0.1:{process.port()}/{path}") as answer:
                    assert answer.status == 200
        assert await process.end(signal.SIGTERM) == 0
        assert server.state.token not in process.log
        assert "Traceback" not in process.log


POINTS = ["inbox.written", "inbox.committed", "work.open", "work.committed", "inbox.answered"]


@pytest.mark.parametrize("way", ["polling", "webhook"])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_point_no_message_is_lost_and_at_most_one_answer_comes_twice(
    server: LoopbackTelegram, tmp_path: Path, point: str, way: str
) -> None:
    ada = room(server)
    settings = _delivered() if way == "webhook" else {}
    async with serving(server, tmp_path, MILEPOST_CRASH_AT=f"{point}:4", **settings) as process:
        await _ask(ada, "/start", START)
        await _ask(ada, "begin full-stack-ml-36")
        for number in range(1, 5):
            await ada.says(f"done {number}")
            await asyncio.sleep(0.1)
        assert await process.dead() == -signal.SIGKILL
        del process.environment["MILEPOST_CRASH_AT"]
        await process.start()
        await ada.says("progress")
        await server.until(lambda: any("of 211 tasks" in seen.text for seen in ada.messages), START)
        assert "4 of 211 tasks" in ada.messages[-1].text
        for number in range(1, 5):
            assert any(f"Done: {number}" in seen.text for seen in ada.messages)
        assert len(ada.messages) <= 8  # two answers, four, the progress, and at most one twice
        assert bool(server.calls("getUpdates")) is (way == "polling")


def _delivered() -> dict[str, str]:
    """Settings for a webhook on a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    return {"MILEPOST_WEB_PORT": port, "MILEPOST_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook"}


async def test_killed_while_a_message_is_on_its_way_that_one_may_come_twice_and_no_other(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    ada = room(server)
    async with serving(server, tmp_path) as process:
        await _ask(ada, "/start", START)
        server.fail("sendMessage", delay=1.0, after=True)
        await ada.says("/help")
        await ada.hears()
        await process.end(signal.SIGKILL)
        await process.start()
        again = await ada.hears(seconds=START)
        assert "Say start" in again.text
        assert len(ada.messages) == 3


async def test_a_revoked_token_stops_telegram_with_one_line_and_the_process_goes_on(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    server.state.revoked = True
    async with serving(server, tmp_path) as process:
        await server.until(lambda: "refused the bot's token" in process.log, START)
        health = f"http://127.0.0.1:{process.port()}/healthz"
        async with aiohttp.ClientSession() as visitor, visitor.get(health) as answer:
            assert answer.status == 200
        assert process.log.count("ERROR") == 1
        assert server.state.token not in process.log


async def _ask(who: Room, text: str, seconds: float = 30) -> Seen:
    await who.says(text)
    return await who.hears(seconds=seconds)
