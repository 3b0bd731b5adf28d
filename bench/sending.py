"""Claim and settle, against task engines; the pace of a drain; what an idle tick costs."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from aiolimiter import AsyncLimiter
from telegram.ext import AIORateLimiter

from bench.stage import ROUNDS, Result, above, at_least, below, database, median, rate, stalls
from bot.app import assembled
from bot.clock import ManualClock
from bot.delivery.pacing import Pacing, Rates
from bot.delivery.pushes import Pushes
from bot.domain.delivery import DeliveryState, Outcome
from bot.domain.planning import planned
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push
from bot.settings import Settings
from bot.storage.inbox import SqlInbox
from bot.storage.outbox import CHUNKS, SqlOutbox
from bot.storage.store import SqlStore
from tests.delivery.people import NOW
from tests.postgres import free_port, fresh_database

BATCH = 50
LEASE = timedelta(minutes=2)
LATER = NOW + timedelta(days=1)


async def drain(outbox: SqlOutbox, most: int = sys.maxsize) -> None:
    """Take and settle batches until nothing is left, or so many of them."""
    for _ in range(most):
        claimed = await outbox.claim(LATER, BATCH, LEASE)
        if not claimed:
            return
        await outbox.settle([Outcome(delivery, DeliveryState.SENT, sent_on=NOW.date()) for delivery in claimed])


async def claims(places: dict[str, str], count: int) -> AsyncIterator[Result]:
    peers = {
        "taskiq on Redis": await taskiq(count // 10),
        "procrastinate": await procrastinate(places["postgresql"], count // 20),
    }
    for kind, place in places.items():
        mine = []
        for _ in range(ROUNDS):
            async with database(kind, place, count) as (opened, _):
                outbox = SqlOutbox(opened)
                while await outbox.plan(NOW, 200, planned):
                    pass
                mine.append(await rate(count, partial(drain, outbox)))
        for name, peer in peers.items():
            if peer is not None:
                yield at_least(f"claim + settle, messages/s, {kind} (peer: {name})", median(mine), peer, 10)
    # By construction: a chunk and a batch are a transaction each, and in SQLite's log no commit waits for the disk.
    yield below("commits a message, plan + claim, postgresql", 1 / CHUNKS["postgresql"] + 1 / BATCH, 0.03, "")


def redis_server() -> str | None:
    """The system's Redis, or the one that a wheel brought."""
    shipped = (str(path) for path in Path(sys.prefix).rglob("redis-server") if os.access(path, os.X_OK))
    return shutil.which("redis-server") or next(shipped, None)


async def taskiq(count: int) -> float | None:
    """Tasks that do nothing, kicked and worked off through a Redis list."""
    binary = redis_server()
    if binary is None:
        return None
    from taskiq.api import run_receiver_task
    from taskiq_redis import ListQueueBroker

    port = free_port()
    command = [binary, "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as redis:  # noqa: ASYNC220 - starts at once
        await asyncio.sleep(1)
        broker = ListQueueBroker(f"redis://127.0.0.1:{port}")
        left = count
        finished = asyncio.Event()

        @broker.task
        async def nothing() -> None:
            nonlocal left
            left -= 1
            if not left:
                finished.set()

        await broker.startup()
        began = time.perf_counter()
        for _ in range(count):
            await nothing.kiq()
        worker = asyncio.create_task(run_receiver_task(broker))
        await finished.wait()
        took = time.perf_counter() - began
        worker.cancel()
        await broker.shutdown()
        redis.terminate()
    return count / took


async def procrastinate(address: str, count: int) -> float:
    """Jobs that do nothing, deferred in batches and worked off by one worker."""
    import procrastinate as engine

    async with fresh_database(address) as url:
        app = engine.App(connector=engine.PsycopgConnector(conninfo=url))

        @app.task(name="nothing")
        async def nothing() -> None: ...

        async with app.open_async():
            await app.schema_manager.apply_schema_async()
            began = time.perf_counter()
            await nothing.batch_defer_async(*[{} for _ in range(count)])
            await app.run_worker_async(wait=False, concurrency=10, install_signal_handlers=False)
            return count / (time.perf_counter() - began)


class Paced:
    """A platform that takes any number of messages, and notes when."""

    platform = "test"

    def __init__(self, per_second: int) -> None:
        self.parallel = 64
        self.at: list[float] = []
        self._pacing = Pacing(Rates(overall=per_second, burst=per_second))

    async def send(self, push: Push) -> None:
        await self._pacing.push(push.to.chat_id)
        self.at.append(time.monotonic())

    async def post(self, post: ChatPost) -> None:
        await self._pacing.push(post.to.chat_id, group=True)
        self.at.append(time.monotonic())


def busiest(at: list[float]) -> int:
    """The most messages in any one second."""
    most, first = 0, 0
    for last, moment in enumerate(at):
        while at[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def paces(places: dict[str, str]) -> AsyncIterator[Result]:
    for limit, count, share in ((30, 600, 0.975), (1000, 5000, 0.95)):
        async with database("sqlite", places["sqlite"], count) as (opened, _):
            outbox = SqlOutbox(opened)
            app = assembled(Settings(), ManualClock(LATER), SqlStore(opened), outbox, SqlInbox(opened))
            platform, over = Paced(limit), asyncio.Event()
            gc.freeze()  # as `milepost serve` does once it has read what it needs
            watch = asyncio.create_task(stalls(over))
            await app.pushes(platform).tick()
            over.set()
        at = platform.at
        steady = [moment for moment in at if moment >= at[0] + 1]  # the first few make up for a pause there was not
        reached = (len(steady) - 1) / (steady[-1] - steady[0]) / limit
        yield above(f"drain at {limit}/s, after its first second: share of the limit", reached, share, "")
        yield below(f"drain at {limit}/s: most in any one second", busiest(at), limit, "")
        yield below(f"drain at {limit}/s, words and all: longest stall, ms", await watch * 1e3, 10, "ms")
    for name, sends in (
        ("aiolimiter", stock(AsyncLimiter(30, 1))),
        ("python-telegram-bot's AIORateLimiter", telegram()),
    ):
        yield Result(f"{name} at 30/s: most in any one second", busiest(await sends), None, None, "", None)


async def stock(gate: AsyncLimiter) -> list[float]:
    """When a stock limiter lets a hundred through, from a standing start."""
    at = []
    for _ in range(100):
        async with gate:
            at.append(time.monotonic())
    return at


async def telegram() -> list[float]:
    """The same of the limiter that comes with python-telegram-bot, a chat for each message."""
    limiter, at = AIORateLimiter(overall_max_rate=30, overall_time_period=1), list[float]()
    await limiter.initialize()

    async def sent() -> bool:
        at.append(time.monotonic())
        return True

    await asyncio.gather(
        *(limiter.process_request(sent, (), {}, "sendMessage", {"chat_id": chat}, None) for chat in range(1, 101))
    )
    return sorted(at)


async def idle(places: dict[str, str], count: int) -> AsyncIterator[Result]:
    for kind, place in places.items():
        async with database(kind, place, count) as (opened, _):
            clock = ManualClock(NOW - timedelta(days=1))
            app = assembled(Settings(), clock, SqlStore(opened), SqlOutbox(opened), SqlInbox(opened))
            pushes: Pushes = app.pushes()
            times = []
            for _ in range(500):
                began = time.perf_counter()
                await pushes.due_within(1)
                times.append(time.perf_counter() - began)
        yield below(f"idle tick at {count:,} enrollments, us, {kind}", median(times) * 1e6, 50, "us")
