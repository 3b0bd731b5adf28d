"""The migrations make the tables that the code describes, and keep what an older version had stored."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.storage.connection import Database
from bot.storage.migrate import upgrade
from bot.storage.schema import TABLES


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), TABLES))


async def test_the_migrations_leave_no_difference_to_the_tables_in_code(empty: Database) -> None:
    await upgrade(empty)
    async with empty.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_was_counted_before_the_tables_were_one_still_counts(empty: Database) -> None:
    await upgrade(empty, "0012")
    async with empty.begin() as connection:
        await connection.execute(text("INSERT INTO code_tries (account, kind, at) VALUES ('ab', 'wrong', 7)"))
        await connection.execute(text("INSERT INTO group_tries (account, at) VALUES ('news 3', 8)"))
    await upgrade(empty)
    async with empty.connect() as connection:
        rows = (await connection.execute(text("SELECT name, at FROM tally ORDER BY at"))).all()
        assert [tuple(row) for row in rows] == [("link code wrong ab", 7), ("group news 3", 8)]
