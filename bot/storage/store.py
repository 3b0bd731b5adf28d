"""The SQL store: transactions for the engine, sets of deliveries for the outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.storage.connection import Database
from bot.storage.gate import Lane
from bot.storage.work import SqlWork


class SqlStore:
    """State in SQLite or PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @asynccontextmanager
    async def work(self, *, hurried: bool = True) -> AsyncIterator[SqlWork]:
        """See `Store.work`."""
        async with self.database.begin(Lane.PERSON if hurried else Lane.BULK) as connection:
            yield SqlWork(connection)

    async def close(self) -> None:
        """See `Store.close`."""
        await self.database.dispose()
