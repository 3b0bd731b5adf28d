"""The stores that one contract is held against, and learners in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.change import Change, EnrollmentChange
from bot.domain.enrollment import Enrollment
from bot.domain.learner import Identity, Learner, Preferences
from bot.engine.group_ports import Postings
from bot.engine.storing import Outbox, Store
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.memory import MemoryStore
from bot.storage.memory_outbox import MemoryOutbox
from bot.storage.memory_postings import MemoryPostings
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.postings import SqlPostings
from bot.storage.store import SqlStore
from tests.postgres import fresh_database

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)


@dataclass
class Stores:
    store: Store
    outbox: Outbox
    postings: Postings


def in_memory() -> Stores:
    memory = MemoryStore()
    return Stores(memory, MemoryOutbox(memory), MemoryPostings(memory))


@asynccontextmanager
async def empty_database(kind: str, folder: Path, server: str) -> AsyncIterator[Database]:
    """A database without a table: a SQLite file in a folder, or one on a PostgreSQL server."""
    async with AsyncExitStack() as stack:
        url = f"sqlite:///{folder / 'contract.db'}"
        if kind == "postgresql":
            url = await stack.enter_async_context(fresh_database(server))
        database = open_database(database_url(url))
        stack.push_async_callback(database.dispose)
        yield database


@asynccontextmanager
async def in_tables(kind: str, folder: Path, server: str) -> AsyncIterator[Stores]:
    async with empty_database(kind, folder, server) as database:
        await upgrade(database)
        yield Stores(SqlStore(database), SqlOutbox(database), SqlPostings(database))


async def someone(stores: Stores, who: str = "ada") -> Learner:
    async with stores.store.work() as work:
        return await work.add_learner(who.capitalize(), Identity("test", who, f"chat-{who}"), Preferences("UTC"), NOW)


async def enrolled(stores: Stores, learner: Learner, roadmap: str = "r") -> Enrollment:
    plan = Enrollment(
        0, learner.id, roadmap, NOW.date(), 10, 1, NOW.date(), next_push_on=NOW.date(), next_push_at=NOW,
        over_on=NOW.date() + timedelta(weeks=10),
    )  # fmt: skip
    async with stores.store.work() as work:
        change = await work.apply(Change("enroll", enrollments=(EnrollmentChange(None, plan),)), NOW)
    return change.enrollments[0].after
