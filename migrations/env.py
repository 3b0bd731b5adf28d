"""Alembic's entry: it runs on the connection handed to it, or on one opened from the settings."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from bot.storage.schema import TABLES


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=TABLES, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()


async def open_and_run() -> None:
    from bot.settings import Settings
    from bot.storage.database import database_url, open_database

    database = open_database(database_url(Settings().database_url))
    async with database.begin() as connection:
        await connection.run_sync(run)
    await database.dispose()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    asyncio.run(open_and_run())
