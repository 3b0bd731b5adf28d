"""SQLite: one writer behind a gate, a reader beside it in WAL, both on the event loop's own thread.

A statement takes 10 to 30 microseconds, a hop to another thread and back takes longer than that; so statements run
where they are asked for, and only what may truly wait (another process's lock, a checkpoint) waits aside. A transaction
whose code never waits is never interrupted either.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import URL, CursorResult, Dialect, StaticPool, create_engine, event
from sqlalchemy import Connection as SyncConnection

from bot.storage.connection import Connection
from bot.storage.errors import DatabaseUnusable
from bot.storage.gate import Gate, Lane

log = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE = 10.0
"""Seconds to wait for a lock that another process holds."""
PAUSES = {Lane.PERSON: 0.001, Lane.BULK: 0.02}
"""Seconds between two looks at such a lock, at most: one who plans leaves it for a moment only, a thousand times."""
OPENING = 5000
"""Milliseconds to wait while another process, the first that comes or the last that goes, has the file for itself."""
LOG_PAGES = 4 * 2**20
"""Bytes of write-ahead log after which it is copied into the database, aside."""
LOG_LIMIT = 64 * 2**20
"""Bytes after which writers wait until that is done."""
LOOK_EVERY = 64
"""Commits between two looks at the log's size."""


class LocalConnection:
    """A plain connection behind the interface of one that waits. See `bot.storage.connection.Connection`."""

    def __init__(self, connection: SyncConnection) -> None:
        self._sync = connection

    @property
    def dialect(self) -> Dialect:
        """See `Connection.dialect`."""
        return self._sync.dialect

    async def execute(self, statement: Any, parameters: Any = None) -> CursorResult[Any]:
        """See `Connection.execute`."""
        return self._sync.execute(statement, parameters)

    async def scalar(self, statement: Any, parameters: Any = None) -> Any:
        """See `Connection.scalar`."""
        return self._sync.scalar(statement, parameters)

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> CursorResult[Any]:
        """See `Connection.exec_driver_sql`."""
        return self._sync.exec_driver_sql(statement, parameters)

    async def run_sync(self, act: Callable[[SyncConnection], T]) -> T:
        """See `Connection.run_sync`."""
        return act(self._sync)


class SqliteDatabase:
    """See `bot.storage.connection.Database`."""

    name = "sqlite"

    def __init__(self, url: URL, file: Path | None) -> None:
        self._file = file
        self._gate = Gate()
        # The writer waits for others by itself (`_begun`), without keeping the whole process waiting.
        self._writer = _open(url, "PRAGMA busy_timeout = 0")
        self._reader = _open(url, "PRAGMA query_only = ON") if file else self._writer
        self._commits = 0
        self._checkpoint: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def begin(self, lane: Lane = Lane.PERSON) -> AsyncIterator[Connection]:
        """See `Database.begin`."""
        if lane is Lane.BULK:
            await asyncio.sleep(0)  # whoever waits goes first, even where nothing holds the gate
        async with self._gate.turn(lane):
            raw = await self._begun(PAUSES[lane])
            try:
                yield LocalConnection(self._writer)
                _commit(raw)
            except BaseException:
                with suppress(sqlite3.Error):
                    if raw.in_transaction:
                        raw.execute("ROLLBACK")
                raise
        await self._look_at_log()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        """See `Database.connect`."""
        yield LocalConnection(self._reader)

    async def dispose(self) -> None:
        """See `Database.dispose`."""
        if self._checkpoint is not None:
            await asyncio.gather(self._checkpoint, return_exceptions=True)
        for connection in {self._reader, self._writer}:
            connection.close()
            connection.engine.dispose()

    async def _begun(self, longest: float) -> sqlite3.Connection:
        """Begin at once, or as soon as another process lets us. A deferred transaction would fail half-way instead."""
        raw = _raw(self._writer)
        until, pause = time.monotonic() + PATIENCE, 0.001
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return raw
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise DatabaseUnusable(f"The database cannot be written: {error}.") from error
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, longest)

    async def _look_at_log(self) -> None:
        self._commits += 1
        if self._file is None or self._commits % LOOK_EVERY:
            return
        size = _size(self._file.with_name(f"{self._file.name}-wal"))
        if size > LOG_PAGES and (self._checkpoint is None or self._checkpoint.done()):
            self._checkpoint = asyncio.create_task(self._copy_log(self._file))
        if size > LOG_LIMIT and self._checkpoint is not None:
            async with self._gate.turn(Lane.PERSON):
                await asyncio.wait([self._checkpoint])
                await self._copy_log(self._file)

    async def _copy_log(self, file: Path) -> None:
        try:
            await asyncio.to_thread(_copy_log, file)
        except sqlite3.Error:
            log.warning("the write-ahead log could not be copied into the database", exc_info=True)


def _open(url: URL, *pragmas: str) -> SyncConnection:
    # An error tells what failed, and not with which values: those hold what people wrote, and errors are logged.
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _tune)
    # SQLAlchemy keeps out of transactions here: `begin` says BEGIN, COMMIT and ROLLBACK itself.
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    for pragma in pragmas:
        connection.exec_driver_sql(pragma)
    return connection


def _tune(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {OPENING}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "wal_autocheckpoint = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _raw(connection: SyncConnection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _commit(raw: sqlite3.Connection) -> None:
    try:
        raw.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise DatabaseUnusable(f"The database cannot be written: {error}.") from error


def _copy_log(file: Path) -> None:
    with sqlite3.connect(file, isolation_level=None, timeout=1) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    connection.close()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
