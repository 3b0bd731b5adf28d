"""Brings the database to the schema this code knows, one process at a time, and never to an older one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.resources import shipped
from bot.storage.connection import Database
from bot.storage.database import check_folder, open_database, sqlite_file
from bot.storage.errors import DatabaseTooNew, DatabaseUnusable
from bot.storage.revisions import newest, revisions
from bot.storage.schema import TABLES

LOCK = 7_309_447_215
"""Key of the PostgreSQL advisory lock under which the schema is changed."""


def head() -> str:
    """The newest schema revision this code knows."""
    return newest()


async def upgrade(database: Database, to: str = "") -> tuple[str, str]:
    """Migrate to a revision, `head` when none is named; returns the one before ("" for an empty database) and after.

    Raises `DatabaseTooNew` when the database is ahead of the code, `DatabaseUnusable` when it cannot be reached.
    """
    with _plainly():
        async with database.begin() as connection:
            return await connection.run_sync(partial(_upgrade, to=to or head()))


async def found_at(url: URL) -> str:
    """The revision of the database behind a URL, "" when it is empty or not there; nothing is made or changed.

    Raises `DatabaseTooNew` when the database is ahead of the code, `DatabaseUnusable` when it cannot be reached.
    """
    file = sqlite_file(url)
    if file is not None and not file.exists():
        check_folder(file)
        return ""
    database = open_database(url)
    try:
        return await revision(database)
    finally:
        await database.dispose()


async def revision(database: Database) -> str:
    """The revision the database is at, "" when it is empty.

    Raises `DatabaseTooNew` when the database is ahead of the code, `DatabaseUnusable` when it cannot be reached.
    """
    with _plainly():
        async with database.connect() as connection:
            return await connection.run_sync(_revision)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in one line what a driver says in many."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        remedy = (
            "Start the server, or mend MILEPOST_DATABASE_URL" if isinstance(error, OSError) else "See milepost doctor"
        )
        raise DatabaseUnusable(f"The database cannot be used: {reason}. {remedy}.") from error


def _revision(connection: Connection) -> str:
    there = set(inspect(connection).get_table_names())
    if "alembic_version" not in there:
        _check_free(there)
        return ""
    found = str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")
    if found and found not in revisions():
        raise DatabaseTooNew(found, head())
    if found == head() and (lost := set(TABLES.tables) - there):
        raise DatabaseUnusable(
            f"The database is damaged: it lacks {', '.join(sorted(lost))}. "
            "Restore a backup (milepost db restore FILE), or name another database in MILEPOST_DATABASE_URL."
        )
    return found


def _check_free(there: set[str]) -> None:
    """Nothing of another program's may stand where our tables go."""
    if taken := there & set(TABLES.tables):
        raise DatabaseUnusable(
            f"The database is another program's: it has a {min(taken)} that is not Milepost's. "
            "Name another one in MILEPOST_DATABASE_URL."
        )


def _upgrade(connection: Connection, to: str) -> tuple[str, str]:
    if connection.dialect.name == "postgresql":
        # SQLite needs no lock of its own: the transaction began IMMEDIATE, so a second process waits for it.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    before = _revision(connection)
    if before == to:
        return before, before
    from alembic import command  # noqa: PLC0415 - see `bot.storage.revisions`
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    return before, _revision(connection)
