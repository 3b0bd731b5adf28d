"""Brings the database to the schema this code knows, one process at a time, and never to an older one."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.resources import shipped
from bot.storage.errors import DatabaseTooNew, DatabaseUnusable

LOCK = 7_309_447_215
"""Key of the PostgreSQL advisory lock under which the schema is changed."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    return config


def head() -> str:
    """The newest schema revision this code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


async def upgrade(engine: AsyncEngine) -> tuple[str, str]:
    """Migrate to `head`; returns the revision before ("" for an empty database) and after.

    Raises `DatabaseTooNew` when the database is ahead of the code, `DatabaseUnusable` when it cannot be reached.
    """
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise DatabaseUnusable(f"The database cannot be used: {reason}.") from error


async def revision(engine: AsyncEngine) -> str:
    """The revision the database is at, "" when it is empty."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision)


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _upgrade(connection: Connection) -> tuple[str, str]:
    if connection.dialect.name == "postgresql":
        # SQLite needs no lock of its own: the transaction began IMMEDIATE, so a second process waits for it.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    before = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if before and before not in known:
        raise DatabaseTooNew(before, head())
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return before, _revision(connection)
