"""Opens the database: SQLite tuned for one writer and many readers, or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.storage.connection import Database
from bot.storage.errors import BadDatabaseUrl, DatabaseUnusable
from bot.storage.sqlite import SqliteDatabase

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_SECONDS = 5.0
REMEDY = "Restore a backup (milepost db restore FILE), or move the file away and start afresh."


def database_url(text: str) -> URL:
    """A SQLAlchemy URL with its driver. Raises `BadDatabaseUrl`."""
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


def open_database(url: URL) -> Database:
    """The database behind a URL. Makes the folder of a SQLite file when it is missing."""
    if url.get_backend_name() != "sqlite":
        from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415 - its libraries take a tenth of a start

        return PostgresDatabase(url)
    file = sqlite_file(url)
    if file is not None:
        _make_folder(file)
        _check(file)
    return SqliteDatabase(url, file)


def check_folder(file: Path) -> None:
    """Whether a file that is not there yet could be made; nothing is. Raises `DatabaseUnusable`."""
    nearest = next(folder for folder in file.absolute().parents if folder.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        raise _no_folder(file, f"{nearest} is not a folder that this user may write to")


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_folder(file, error.strerror or str(error)) from error


def _no_folder(file: Path, why: str) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"The folder {file.parent} for the database cannot be made: {why}. Name another file in MILEPOST_DATABASE_URL."
    )


def _check(file: Path) -> None:
    """Refuse a file that is not a healthy, writable SQLite database, before anything is built on it."""
    if file.is_dir():
        raise DatabaseUnusable(f"{file} is a folder. Name a file in it, such as sqlite:///{file / 'milepost.db'}")
    if file.exists() and not os.access(file, os.W_OK):
        raise DatabaseUnusable(f"The database {file} may be read and not written. Allow it: chmod u+w {file}")
    try:
        with sqlite3.connect(file, timeout=BUSY_SECONDS) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            row = connection.execute("PRAGMA quick_check(1)").fetchone()
        connection.close()
    except sqlite3.OperationalError as error:
        raise DatabaseUnusable(_not_writable(file, error)) from error
    except sqlite3.DatabaseError as error:
        foreign = error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
        what = "is not a usable database: it is some other kind of file" if foreign else "is damaged"
        raise DatabaseUnusable(f"{file} {what}. {REMEDY}") from error
    if row[0] != "ok":
        raise DatabaseUnusable(f"{file} is damaged. {REMEDY}")


def _not_writable(file: Path, error: sqlite3.OperationalError) -> str:
    if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"The database {file} is held by another program. Close that one, and start again."
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return f"The disk that holds {file} is full. Make room, and start again."
    return f"The database {file} cannot be opened for writing. Check the folder's rights."
