"""How far it reaches: ten times as many learners, several workers, the memory of a service, a week on disk."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.planning import ours as plan_all
from bench.sending import Paced, drain
from bench.stage import ROUNDS, Result, at_least, at_most, below, database, median, rate
from bot.app import assembled
from bot.clock import ManualClock
from bot.engine.ports import Push
from bot.engine.views import PUSHED
from bot.settings import Settings
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.inbox import SqlInbox
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore
from tests.delivery.people import NOW

WORKERS = 4


async def measure(places: dict[str, str], count: int) -> AsyncIterator[Result]:
    """Each of the figures, the long ones last."""
    for kind, place in places.items():
        yield await first_message(kind, place, count)
    yield await workers(places["postgresql"], count // 4)
    yield await disk(places["sqlite"], count)
    for result in await memory(places["sqlite"], count * 10):
        yield result
    for kind, place in places.items():
        few, many = [await planning_rate(kind, place, learners) for learners in (count, count * 10)]
        yield at_least(f"planning {count * 10:,}, rows/s, {kind} (peer: {count:,})", many, few, 1 / 1.5)


async def planning_rate(kind: str, place: str, learners: int) -> float:
    async with database(kind, place, learners) as (opened, _):
        return await rate(learners, partial(plan_all, SqlOutbox(opened)))


class Watched(Paced):
    """Tells when the first message is with it."""

    def __init__(self, per_second: int) -> None:
        super().__init__(per_second)
        self.first = asyncio.Event()

    async def send(self, push: Push) -> None:
        await super().send(push)
        self.first.set()


async def first_message(kind: str, place: str, count: int) -> Result:
    """From the instant that all are due to the first message with the platform, beside the disk's own pace."""
    synced, waits = fdatasync(Path(tempfile.gettempdir())), []
    for _ in range(ROUNDS):
        async with database(kind, place, count) as (opened, _):
            app = assembled(Settings(), ManualClock(NOW), SqlStore(opened), SqlOutbox(opened), SqlInbox(opened))
            platform = Watched(30)
            pushes = app.pushes(platform)
            app.renderer.prepare(PUSHED)  # as `milepost serve` does at its start
            await pushes.outbox.next_due()
            began = time.monotonic()
            ticking = asyncio.create_task(pushes.tick())
            await platform.first.wait()
            waits.append(platform.at[0] - began)
            pushes.stop()
            await ticking
    return at_most(f"first of {count:,} out, ms, {kind} (peer: fdatasync)", median(waits) * 1e3, synced * 1e3, 20)


def fdatasync(folder: Path) -> float:
    """Seconds that one takes after a page was written."""
    taken = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(50):
            file.write(b"\0" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken)


async def workers(place: str, count: int) -> Result:
    """Claim and settle by one process and by four on one PostgreSQL."""
    rates = []
    for number in (1, WORKERS):
        async with database("postgresql", place, count) as (opened, url):
            await plan_all(SqlOutbox(opened))
            rates.append(count / await asyncio.to_thread(together, ["drain", url], number))
    return at_least(f"claim + settle by {WORKERS} workers (peer: one), {os.cpu_count()} cores", rates[1], rates[0], 1.7)


def together(arguments: Sequence[str], number: int) -> float:
    """Seconds from the first of so many processes that begins its work to the last that ends it."""
    command = [sys.executable, "-m", "bench.reach", *arguments]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) for _ in range(number)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()  # it is ready
    began = time.perf_counter()
    for process in running:
        process.communicate("go\n")
    return time.perf_counter() - began


async def disk(place: str, count: int) -> Result:
    """Bytes that a week of each enrollment adds to the file."""
    async with database("sqlite", place, count) as (opened, file):
        outbox = SqlOutbox(opened)
        before = await size(opened, file)
        await plan_all(outbox)
        await drain(outbox)
        after = await size(opened, file)
    return below("bytes on disk an enrollment and week, sqlite", (after - before) / count, 150, "B")


async def size(opened: Database, file: str) -> int:
    async with opened.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return os.stat(file).st_size  # noqa: PTH116 - at once


async def memory(place: str, count: int) -> list[Result]:
    """Resident memory of a service: bare, with a thousand enrollments, and with many."""
    found = {}
    for learners in (1000, count):
        async with database("sqlite", place, learners) as (_, file):
            done = await asyncio.to_thread(
                subprocess.run,
                [sys.executable, "-m", "bench.reach", "serve", file],
                check=True,
                capture_output=True,
                text=True,
            )
            found[learners] = [int(word) / 1024 for word in done.stdout.split()]
    bare, running = found[1000]
    return [
        at_most("memory of the service, MB (peer: its bare imports)", running, bare, 1.15),
        below(f"memory of the service, {count:,} against 1,000, MB more", found[count][1] - running, 2, "MB"),
    ]


async def drained(url: str) -> None:
    """A worker: says that it is ready, waits for the word, takes and settles until nothing is left."""
    opened = open_database(database_url(url))
    await drain(SqlOutbox(opened), 1)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await drain(SqlOutbox(opened))
    await opened.dispose()


async def served(file: str) -> None:
    """Everything a service imports; then what it holds while it idles and answers one person."""
    for name in (
        "bot.adapters.telegram.assembly",
        "bot.adapters.discord.platform",
        "bot.web.server",
        "bot.web.metrics",
    ):
        importlib.import_module(name)
    gc.collect()
    bare = resident()
    opened = open_database(database_url(f"sqlite:///{file}"))
    clock = ManualClock(NOW - timedelta(days=1))
    app = assembled(Settings(), clock, SqlStore(opened), SqlOutbox(opened), SqlInbox(opened))
    pushes = app.pushes(Paced(30))
    for _ in range(100):
        await pushes.due_within(1)
    print(bare, resident())
    await opened.dispose()


def resident() -> int:
    """Kilobytes of memory that this process has now."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


if __name__ == "__main__":
    asyncio.run({"drain": drained, "serve": served}[sys.argv[1]](sys.argv[2]))
