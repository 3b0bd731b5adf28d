"""On the bridge nobody waits for another's answer that a language model keeps waiting."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.adapters.bridge.bridge import Bridge
from bot.adapters.bridge.flights import HEAD_START, Flights
from bot.adapters.bridge.protocol import Json
from tests.answers.test_model import DEADLINE, tutored_app
from tests.loopback.llm.server import LlmServer


@dataclass
class Line:
    """A bridge that runs, what was written to it, and when."""

    server: LlmServer
    queue: asyncio.Queue[str]
    out: list[tuple[float, Json]] = field(default_factory=list)
    count: int = 0

    def say(self, user: str, text: str, **more: object) -> str:
        self.count += 1
        body = {"type": "message", "user": {"id": user}, "chat": {"id": f"c-{user}"}, "text": text, **more}
        self.queue.put_nowait(json.dumps({"id": str(self.count), **body}))
        return str(self.count)

    async def done(self, request: str) -> float:
        """When everything that a request caused was written."""
        while True:
            for at, line in self.out:
                if line["type"] in ("done", "error") and line["to"] == request:
                    return at
            await asyncio.sleep(0.01)

    def order(self) -> list[str]:
        return [line["to"] for _, line in self.out if line["type"] == "done"]

    def reply(self, request: str) -> Json:
        return next(line for _, line in self.out if line["type"] == "reply" and line["to"] == request)


@asynccontextmanager
async def bridged(folder: Path, mode: str = "timeout") -> AsyncIterator[Line]:
    """A bridge with a model, and two people on a roadmap."""
    async with tutored_app(folder, "good") as (app, server):
        line = Line(server, asyncio.Queue())

        async def lines() -> AsyncIterator[str]:
            while text := await line.queue.get():
                yield text

        def write(body: Json) -> None:
            line.out.append((time.monotonic(), body))

        bridge = Bridge(app.mentor, app.clock, write, folder, "run-", flights=Flights(HEAD_START))
        running = asyncio.create_task(bridge.run(lines()))
        for user in ("u1", "u2"):
            for text in ("start", "begin full-stack-ml-36", "zone Berlin"):
                await line.done(line.say(user, text))
        await line.done(line.say("u2", "ask merge vs rebase in a group of two"))  # reads the notes
        server.mode = mode
        try:
            yield line
        finally:
            line.queue.put_nowait("")
            await running


async def test_while_a_model_hangs_for_one_another_is_answered_at_once_and_the_first_in_the_end(tmp_path: Path) -> None:
    async with bridged(tmp_path) as line:
        begun = time.monotonic()
        slow, quick = line.say("u1", "ask what is overfitting"), line.say("u2", "progress")
        assert await line.done(quick) - begun < HEAD_START + 0.6
        assert slow not in line.order()
        assert await line.done(slow) - begun > DEADLINE - 0.1
        assert "Week 17" in line.reply(slow)["text"]


async def test_many_lines_of_one_who_waits_hold_up_nobody_and_stay_in_their_order(tmp_path: Path) -> None:
    async with bridged(tmp_path) as line:
        begun = time.monotonic()
        waiting = [line.say("u1", text) for text in ("ask what is overfitting", "week", "next", "progress", "plan")]
        quick = line.say("u2", "progress")
        assert await line.done(quick) - begun < HEAD_START + 0.6
        for request in waiting:
            await line.done(request)
        assert [request for request in line.order() if request in waiting] == waiting


async def test_the_end_waits_for_what_is_on_its_way(tmp_path: Path) -> None:
    async with bridged(tmp_path) as line:
        slow, end = line.say("u1", "ask what is overfitting"), line.say("u2", "", type="quit")
        await line.done(end)
        assert line.order()[-2:] == [slow, end]


async def test_a_line_that_is_sent_again_while_it_is_answered_is_answered_once(tmp_path: Path) -> None:
    async with bridged(tmp_path) as line:
        slow = line.say("u1", "ask what is overfitting")
        line.count -= 1
        line.say("u1", "ask what is overfitting")
        await line.done(slow)
        await line.done(line.say("u1", "progress"))
        assert len([one for _, one in line.out if one["type"] == "reply" and one["to"] == slow]) == 1
        assert line.order().count(slow) == 2


async def test_a_quick_model_keeps_the_order_of_lines(tmp_path: Path) -> None:
    async with bridged(tmp_path, "good") as line:
        asked = [line.say("u1", "ask what is overfitting"), line.say("u2", "week"), line.say("u1", "progress")]
        await line.done(asked[-1])
        assert line.order()[-3:] == asked


async def test_what_breaks_a_request_breaks_the_bridge_and_is_not_lost() -> None:
    async def broken() -> None:
        raise BrokenPipeError

    flights = Flights(HEAD_START)
    with pytest.raises(BrokenPipeError):
        await flights.depart("u1", broken)
