"""A process that bears processes: everything is loaded once, and each job runs in a fork of its own that may die.

One JSON job a line on stdin; on stdout the signal or exit code each fork ended with.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.app import App, assembled
from bot.clock import ManualClock, SystemClock
from bot.delivery.intake import Intake
from bot.delivery.ticker import Ticker
from bot.domain.message import ChannelRef, Message, Sender
from bot.engine import crashpoints
from bot.engine.storing import Event, Received
from bot.settings import Settings
from bot.storage.database import database_url, open_database
from bot.storage.inbox import SqlInbox
from bot.storage.memory import MemoryStore
from bot.storage.memory_inbox import MemoryInbox
from bot.storage.memory_outbox import MemoryOutbox
from bot.storage.outbox import SqlOutbox
from bot.storage.postings import SqlPostings
from bot.storage.store import SqlStore
from tests.delivery.sink import SinkTransport

Job = dict[str, Any]
SPEED = 60


class FastClock:
    """A minute passes in a second, the same in every process that is told the same epoch."""

    def __init__(self, start: datetime, epoch: float) -> None:
        self._start, self._epoch = start, epoch

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.time() - self._epoch) * SPEED)


@asynccontextmanager
async def opened(app: App, job: Job) -> AsyncIterator[App]:
    """The loaded app over the job's database."""
    start = datetime.fromisoformat(job["at"])
    clock = FastClock(start, job["epoch"]) if "epoch" in job else ManualClock(start)
    database = open_database(database_url(job["url"]))
    app.store, app.outbox, app.inbox, app.clock = SqlStore(database), SqlOutbox(database), SqlInbox(database), clock
    app.postings = SqlPostings(database)
    app.mentor.store, app.mentor.clock = app.store, clock
    try:
        yield app
    finally:
        await database.dispose()


async def push(app: App, job: Job) -> None:
    """Send all that is due."""
    async with opened(app, job):
        await app.pushes(SinkTransport(job["port"])).tick()


async def push_on(app: App, job: Job) -> None:
    """Send all that is due, whatever happens to the database meanwhile."""
    async with opened(app, job):
        pushes = app.pushes(SinkTransport(job["port"]))
        while True:
            try:
                await pushes.tick()
                due = await pushes.next_due()
                if due is None or due > app.clock.now() + timedelta(hours=1):
                    return
            except Exception as error:
                print(f"tick failed: {type(error).__name__}", file=sys.stderr, flush=True)
            await asyncio.sleep(0.1)


async def serve(app: App, job: Job) -> None:
    """Tick until SIGTERM."""
    async with opened(app, job):
        ticker = Ticker(app.pushes(SinkTransport(job["port"])))
        ticker.start()
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        await stopped.wait()
        await ticker.stop()


async def answer(app: App, job: Job) -> None:
    """Answer what an earlier run left and what the platform delivers (again, if nobody said that it was kept)."""
    transport = SinkTransport(job["port"])

    async def take(item: Received) -> None:
        who, where = Sender("ada", "Ada"), ChannelRef("test", "c")
        message = Message("test", item.event.event_id, who, where, app.clock.now(), "hi")
        if item.replies is None:
            await app.mentor.handle(message)
        kept = await app.inbox.fetch(item.number)
        assert kept is not None
        assert kept.replies is not None
        for number in range(kept.sent, len(kept.replies)):
            await transport.write(f"{item.event.event_id}-{number}")
            await app.inbox.note_sent(item.number, number + 1)

    async with opened(app, job):
        intake = Intake(app.inbox, app.clock, "test", take)
        await intake.resume()
        await intake.receive([Event("test", "e1", "c", {})])
        await intake.idle()


def work(app: App, job: Job) -> None:
    os.environ["MILEPOST_CRASH_AT"] = job.get("crash_at", "")
    importlib.reload(crashpoints)
    time.sleep(job.get("delay", 0))
    asyncio.run({"push": push, "push_on": push_on, "serve": serve, "answer": answer}[job["do"]](app, job))


def main() -> None:
    store = MemoryStore()
    app = assembled(Settings(), SystemClock(), store, MemoryOutbox(store), MemoryInbox(store))
    for line in sys.stdin:
        jobs = json.loads(line)
        born = [fork(app, job) for job in jobs]
        for child, job in zip(born, jobs, strict=True):
            disturb(child, job)
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in born]
        print(json.dumps(ends), flush=True)


def disturb(child: int, job: Job) -> None:
    """Freeze a process for a while, or ask it to stop, as its job says."""
    if "freeze" in job:
        after, length = job["freeze"]
        time.sleep(after)
        os.kill(child, signal.SIGSTOP)
        time.sleep(length)
        os.kill(child, signal.SIGCONT)
    if "stop_after" in job:
        time.sleep(job["stop_after"])
        os.kill(child, signal.SIGTERM)


def fork(app: App, job: Job) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work(app, job)
        code = 0
    except Exception as error:
        print(f"{job['do']}: {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
