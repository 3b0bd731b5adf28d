"""Backups that are whole while Milepost runs, and restores that do not send the past again."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, delete, update

from bot.domain.delivery import DeliveryState
from bot.domain.planning import planned
from bot.domain.posting import digest_planned
from bot.storage.connection import Database
from bot.storage.database import sqlite_file
from bot.storage.errors import DatabaseTooNew, DatabaseUnusable
from bot.storage.gate import Lane
from bot.storage.group_tables import postings
from bot.storage.outbox import SqlOutbox
from bot.storage.postings import SqlPostings
from bot.storage.revisions import newest, revisions
from bot.storage.schema import TABLES
from bot.storage.tables import deliveries, inbox

MAGIC = b"SQLite format 3\0"
CHUNK = 500
BUSY_SECONDS = 10.0


def backup(url: URL, target: Path) -> None:
    """Write a backup, whole as of one instant. Raises `DatabaseUnusable`."""
    file = sqlite_file(url)
    if file is None:
        _postgres("pg_dump", "--clean", "--if-exists", "--no-owner", f"--file={target}", _address(url))
    elif not file.exists():
        raise DatabaseUnusable(f"There is no database at {file} to back up.")
    else:
        _copy(file, target)


def restore(url: URL, source: Path) -> None:
    """Put a backup in place of what is there. Raises `DatabaseUnusable`. Call `forgo_past` afterwards."""
    if not source.is_file():
        raise DatabaseUnusable(f"There is no backup at {source}.")
    file = sqlite_file(url)
    with source.open("rb") as opened:
        is_sqlite = opened.read(len(MAGIC)) == MAGIC
    if is_sqlite != (file is not None):
        raise DatabaseUnusable(
            f"{source} is no backup of {'PostgreSQL' if file is None else 'SQLite'}, the database is."
        )
    if file is None:
        # Also the tables that came after the backup was made: they refer to those it replaces.
        clear = f"--command=DROP TABLE IF EXISTS {', '.join(TABLES.tables)} CASCADE"
        once = ("--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _postgres("psql", *once, clear, f"--file={source}", _address(url))
    else:
        _sound(source)
        file.parent.mkdir(parents=True, exist_ok=True)
        _copy_over(source, file)


async def forgo_past(database: Database, now: datetime) -> int:
    """Send nothing that fell due before `now`: it may have gone out after the backup was made. Returns how many pushes.

    Everybody's next push is set as if the last one had been sent, and what waited for an answer has had it.
    """
    outbox = SqlOutbox(database)
    while await outbox.plan(now, CHUNK, planned):
        pass
    groups = SqlPostings(database)
    while await groups.plan(now, CHUNK, digest_planned):
        pass
    over = {"state": DeliveryState.DROPPED.value, "last_error": "fell due before a restore", "lease_until": None}
    async with database.begin(Lane.BULK) as connection:
        await connection.execute(delete(inbox))
        count = 0
        for table in (deliveries, postings):
            open_ = (table.c.state <= DeliveryState.CLAIMED.value) & (table.c.due_at <= now)
            count += (await connection.execute(update(table).where(open_).values(**over))).rowcount
        return count


def _copy_over(source: Path, target: Path) -> None:
    """In place of a database that is there; what is none any more is put aside."""
    try:
        _copy(source, target)
    except DatabaseUnusable as error:
        code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        for file in (target.with_name(target.name + end) for end in ("", "-wal", "-shm")):
            if file.exists():
                file.replace(f"{file}.damaged")
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            sqlite3.connect(source, timeout=BUSY_SECONDS) as from_,
            sqlite3.connect(target, timeout=BUSY_SECONDS) as to,
        ):
            from_.backup(to)
        from_.close()
        to.close()
    except sqlite3.Error as error:
        raise DatabaseUnusable(f"{source} cannot be copied to {target}: {error}.") from error


def _sound(file: Path) -> None:
    """Refuse a backup that could not be used, while what it would replace is still there."""
    try:
        with sqlite3.connect(file) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            schema = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        connection.close()
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(
            f"{file} is damaged, or no backup that `milepost db backup` wrote. Use another one."
        ) from error
    if found != "ok":
        raise DatabaseUnusable(f"The backup {file} is damaged. Use another one.")
    if schema not in revisions():
        raise DatabaseTooNew(schema, newest())


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _postgres(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DatabaseUnusable(f"{program} is needed for this and not installed. It comes with PostgreSQL's client.")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - our own call
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise DatabaseUnusable(f"{program} failed: {said[0]}")
