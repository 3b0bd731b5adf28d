"""PostgreSQL: a pool whose every call has an end, and which drops a server that left or turned read-only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.connection import Connection
from bot.storage.direct import DirectConnection, is_gone
from bot.storage.gate import Lane

STATEMENT_MS = 15_000
LOCK_MS = 10_000
CALL_SECONDS = 20.0
"""Longer than the server's own limit: it only ends calls to a server that says nothing any more."""
PEOPLE, BULK = 16, 4
"""Connections at the most for people who wait, and for work that nobody waits for. Opened when they are needed and then
kept: opening one takes the server longer than ten messages."""


class PostgresDatabase:
    """See `bot.storage.connection.Database`."""

    name = "postgresql"

    def __init__(self, url: URL) -> None:
        limits = {
            "application_name": "milepost", "statement_timeout": str(STATEMENT_MS), "lock_timeout": str(LOCK_MS),
            "idle_in_transaction_session_timeout": str(2 * STATEMENT_MS), "jit": "off",
            # Our chunks touch few rows of large tables; at the default, meant for spinning disks, it reads them whole.
            "random_page_cost": "1.1",
        }  # fmt: skip
        options = {
            "server_settings": limits, "command_timeout": CALL_SECONDS, "timeout": 10,
            "target_session_attrs": "read-write",
        }  # fmt: skip
        # Errors are logged, and the values of a statement hold what people wrote.
        shared = {"connect_args": options, "hide_parameters": True}
        # Whoever comes next gets the connection that was used last: it knows our statements, and the rest may sleep.
        # SQLAlchemy keeps out of transactions: `begin` says BEGIN itself, and a look is one round trip and not three.
        pooled = shared | {"max_overflow": 0, "pool_use_lifo": True, "isolation_level": "AUTOCOMMIT"}
        self._engine = create_async_engine(url, pool_size=PEOPLE, **pooled)
        self._bulk = create_async_engine(url, pool_size=BULK, **pooled)
        for engine in (self._engine, self._bulk):
            event.listen(engine.sync_engine, "handle_error", _drop_when_gone)
            event.listen(engine.sync_engine, "checkout", _refuse_closed)

    @asynccontextmanager
    async def begin(self, lane: Lane = Lane.PERSON) -> AsyncIterator[Connection]:
        """See `Database.begin`. Bulk work has connections of its own: neither lane can take the other's."""
        async with _taken(self._bulk if lane is Lane.BULK else self._engine) as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        """See `Database.connect`."""
        async with _taken(self._engine) as connection:
            yield connection

    async def dispose(self) -> None:
        """See `Database.dispose`."""
        await self._engine.dispose()
        await self._bulk.dispose()


@asynccontextmanager
async def _taken(engine: AsyncEngine) -> AsyncIterator[DirectConnection]:
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        yield DirectConnection(connection, raw.driver_connection)


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Make the pool open another one in place of a connection the server has closed; costs no round trip."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _drop_when_gone(context: ExceptionContext) -> None:
    if is_gone(context.original_exception):
        context.is_disconnect = True
