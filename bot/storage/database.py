"""Opens the database: SQLite tuned for one writer and many readers, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import BadDatabaseUrl, DatabaseUnusable

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_TIMEOUT_MS = 5000


def database_url(text: str) -> URL:
    """A SQLAlchemy URL with its async driver. Raises `BadDatabaseUrl`."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadDatabaseUrl(text) from error
    family = url.drivername.split("+")[0]
    if family not in DRIVERS:
        raise BadDatabaseUrl(url.render_as_string(hide_password=True))
    return url.set(drivername=DRIVERS[family])


def sqlite_file(url: URL) -> Path | None:
    """The file behind a SQLite URL, or None for PostgreSQL and for a database in memory."""
    on_disk = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(str(url.database)) if on_disk else None


def open_engine(url: URL) -> AsyncEngine:
    """An engine with pragmas and transactions set. Makes the folder of a SQLite file when it is missing."""
    file = sqlite_file(url)
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)
    if file is not None:
        _make_folder(file)
        _check(file)
    # One connection, so that a second transaction waits in line here instead of polling SQLite's own lock.
    engine = create_async_engine(url, **({"pool_size": 1, "max_overflow": 0} if file else {}))
    event.listen(engine.sync_engine, "connect", _tune)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(
            f"The folder {file.parent} for the database cannot be made: {error.strerror}."
        ) from error


def _check(file: Path) -> None:
    """Refuse a file that is not a healthy, writable SQLite database, before anything is built on it."""
    try:
        with sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1000) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            row = connection.execute("PRAGMA quick_check(1)").fetchone()
        connection.close()
    except sqlite3.OperationalError as error:
        raise DatabaseUnusable(
            f"The database {file} cannot be opened for writing: {error}. Check the folder's rights."
        ) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(
            f"{file} is not a usable database: {error}. Restore a backup, or move the file away."
        ) from error
    if row[0] != "ok":
        raise DatabaseUnusable(
            f"The database {file} is damaged: {row[0]}. Restore a backup (milepost db restore FILE)."
        )


def _tune(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediate
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that reads first and then writes fails at once with "database is locked".
    connection.exec_driver_sql("BEGIN IMMEDIATE")
