"""A person's message: the writes it causes, against the same through an async ORM; alone, in a crowd, during a push."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from sqlalchemy.ext.asyncio import async_sessionmaker

from bench import orm
from bench.planning import ours as plan_all
from bench.sending import drain
from bench.stage import Result, at_least, at_most, below, database, median, stalls
from bot.domain.change import Change, EnrollmentChange
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore
from tests.delivery.people import NOW

Say = Callable[[int], Awaitable[None]]
MESSAGES, CROWD = 400, 50


def ours(store: SqlStore, learners: int) -> Say:
    async def say(number: int) -> None:
        async with store.work() as work:
            await work.first_time("test", f"ours{number}", NOW)
            learner = await work.learner_of("test", str(number % learners + 1))
            assert learner is not None
            plan = await work.current_enrollment(learner.id)
            assert plan is not None
            after = replace(plan, completions={**plan.completions, f"t{number}": NOW})
            change = Change("done", enrollments=(EnrollmentChange(plan, after),))
            await work.apply(change, NOW, journal=False)
            await work.set_asked(learner.id, f"a{number}")

    return say


async def times(say: Say, count: int, first: int = 0) -> list[float]:
    taken = []
    for number in range(first, first + count):
        began = time.perf_counter()
        await say(number)
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(0)
    return sorted(taken)


def p99(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.99)]


async def crowd(say: Say, first: int) -> float:
    """Messages a second when 50 people speak at once."""
    began = time.perf_counter()
    for turn in range(4):
        await asyncio.gather(*(say(first + turn * CROWD + number) for number in range(CROWD)))
    return 4 * CROWD / (time.perf_counter() - began)


async def measure(places: dict[str, str], push: int) -> AsyncIterator[Result]:
    for kind, place in places.items():
        gc.freeze()  # as `milepost serve` does once it has read what it needs
        async with database(kind, place, push) as (opened, url):
            say = ours(SqlStore(opened), push)
            engine = orm.engine(url)
            sessions = async_sessionmaker(engine, expire_on_commit=False)

            async def theirs(number: int, sessions: async_sessionmaker[orm.AsyncSession] = sessions) -> None:
                await orm.note_done(sessions, number, number % push + 1, NOW)

            await times(say, 50, 10**6), await times(theirs, 50, 10**6)
            mine, peer = await times(say, MESSAGES), await times(theirs, MESSAGES)
            yield at_most(
                f"a message's writes, p50 ms, {kind} (peer: async ORM)", median(mine) * 1e3, median(peer) * 1e3, 0.5
            )
            yield at_most(
                f"a message's writes, p99 ms, {kind} (peer: async ORM)", p99(mine) * 1e3, p99(peer) * 1e3, 0.5
            )
            together = await crowd(say, 10_000), await crowd(theirs, 10_000)
            yield at_least(f"50 people at once, messages/s, {kind} (peer: async ORM)", *together, 4)
            await engine.dispose()
            during, stall = await under_push(SqlOutbox(opened), say)
            yield at_most(
                f"p99 ms during a push of {push:,}, {kind} (peer: own idle)", p99(during) * 1e3, p99(mine) * 1e3, 2
            )
            yield below(f"longest stall of the loop during a push, ms, {kind}", stall * 1e3, 10, "ms")


async def under_push(outbox: SqlOutbox, say: Say) -> tuple[list[float], float]:
    over = asyncio.Event()
    watch = asyncio.create_task(stalls(over))

    async def push() -> None:
        await plan_all(outbox)
        await drain(outbox)
        over.set()

    pushing = asyncio.create_task(push())
    taken: list[float] = []
    number = 100_000
    while not over.is_set():
        taken += await times(say, 20, number)
        number += 20
        await asyncio.sleep(0.002)
    await pushing
    return sorted(taken), await watch
