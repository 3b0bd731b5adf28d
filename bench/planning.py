"""Planning: in sets, against an ORM a learner at a time, and against a scheduler with one job a learner."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.ext.asyncio import async_sessionmaker

from bench import orm
from bench.stage import ROUNDS, Result, at_least, below, database, median, rate
from bot.domain.planning import planned
from bot.storage.outbox import SqlOutbox
from tests.delivery.people import NOW


async def ours(outbox: SqlOutbox) -> None:
    while await outbox.plan(NOW, outbox.chunk, planned) == outbox.chunk:
        pass


async def measure(places: dict[str, str], count: int) -> AsyncIterator[Result]:
    for kind, place in places.items():
        mine, theirs = [], []
        for _ in range(ROUNDS):
            async with database(kind, place, count) as (opened, _):
                mine.append(await rate(count, partial(ours, SqlOutbox(opened))))
            few = count // 10
            async with database(kind, place, few) as (_, url):
                engine = orm.engine(url)
                sessions = async_sessionmaker(engine, expire_on_commit=False)
                theirs.append(await rate(few, partial(orm.plan, sessions, NOW)))
                await engine.dispose()
        yield at_least(f"planning, rows/s, {kind} (peer: async ORM)", median(mine), median(theirs), 10)
        if kind == "sqlite":
            yield at_least(
                "planning, rows/s, sqlite (peer: APScheduler, memory)", median(mine), schedule(count // 10), 1
            )
            peer = schedule(count // 40, f"sqlite:///{place}/jobs.db")
            yield at_least("planning, rows/s, sqlite (peer: APScheduler, SQL store)", median(mine), peer, 1)
            yield await memory(place, count * 10)


def nothing() -> None:
    """What a scheduled job does here."""


def schedule(count: int, url: str = "") -> float:
    """One job a learner: how many a second can be set to their next time."""
    stores = {"default": SQLAlchemyJobStore(url=url)} if url else {}
    scheduler = BackgroundScheduler(jobstores=stores, timezone="UTC")
    scheduler.start(paused=True)
    later = datetime.now(UTC) + timedelta(days=7)
    began = time.perf_counter()
    for number in range(count):
        scheduler.add_job(nothing, "date", run_date=later, id=str(number))
    took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    return count / took


async def memory(place: str, count: int) -> Result:
    """How much more memory planning many takes than planning a thousand, each in a process of its own."""
    peaks = []
    for learners in (1000, count):
        async with database("sqlite", place, learners) as (_, file):
            command = [sys.executable, "-m", "bench.planning", file]
            done = await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True, text=True)
            peaks.append(int(done.stdout))
    return below(f"peak memory, {count:,} against 1,000 due, MB more", (peaks[1] - peaks[0]) / 1024, 10, "MB")


if __name__ == "__main__":
    from bot.storage.database import database_url, open_database

    async def alone() -> None:
        opened = open_database(database_url(f"sqlite:///{sys.argv[1]}"))
        await ours(SqlOutbox(opened))
        await opened.dispose()

    asyncio.run(alone())
    # Not `ru_maxrss`: that begins with what the process that started this one held (`man 2 getrusage`, notes).
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))
