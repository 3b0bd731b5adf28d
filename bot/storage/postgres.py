"""PostgreSQL: a pool whose every call has an end, and which drops a server that left or turned read-only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.connection import Connection
from bot.storage.gate import Lane

STATEMENT_MS = 15_000
LOCK_MS = 10_000
CALL_SECONDS = 20.0
"""Longer than the server's own limit: it only ends calls to a server that says nothing any more."""
GONE = ("08", "57P0", "25006")
"""SQLSTATEs after which a connection is worth nothing: broken, the server is shutting down, or it became a standby."""
PEOPLE, BULK = 8, 4
"""Connections kept for people who wait, and for work that nobody waits for."""


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
        self._engine = create_async_engine(url, pool_size=PEOPLE, max_overflow=8, **shared)
        self._bulk = create_async_engine(url, pool_size=BULK, max_overflow=0, **shared)
        for engine in (self._engine, self._bulk):
            event.listen(engine.sync_engine, "handle_error", _drop_when_gone)
            event.listen(engine.sync_engine, "checkout", _refuse_closed)

    @asynccontextmanager
    async def begin(self, lane: Lane = Lane.PERSON) -> AsyncIterator[Connection]:
        """See `Database.begin`. Bulk work has connections of its own: neither lane can take the other's."""
        engine = self._bulk if lane is Lane.BULK else self._engine
        async with engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        """See `Database.connect`."""
        async with self._engine.connect() as connection:
            yield connection

    async def dispose(self) -> None:
        """See `Database.dispose`."""
        await self._engine.dispose()
        await self._bulk.dispose()


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Make the pool open another one in place of a connection the server has closed; costs no round trip."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _drop_when_gone(context: ExceptionContext) -> None:
    state = str(getattr(context.original_exception, "sqlstate", None) or "")
    if state.startswith(GONE):
        context.is_disconnect = True
