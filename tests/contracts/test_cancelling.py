"""Whoever is cancelled in the middle of a transaction leaves nothing of it to whoever comes next."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError

from bot.storage.connection import Database
from bot.storage.sql import spoken


async def stuck(database: Database) -> None:
    """Write something, and never come to an end."""
    async with database.begin() as connection:
        await connection.exec_driver_sql(spoken(connection, "INSERT INTO kept VALUES ($1)"), (1,))
        await asyncio.Event().wait()


async def cancelled(database: Database, turns: int, again: int) -> None:
    """Cancel it after some turns of the loop, and once more after some others."""
    task = asyncio.create_task(stuck(database))
    for wait in (turns, again):
        for _ in range(wait):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("again", [0, 1, 3])
async def test_a_task_that_is_cancelled_at_any_moment_leaves_no_transaction_behind(empty: Database, again: int) -> None:
    async with empty.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE kept (number INTEGER)")
    for turns in (1, 2, 3, 5, 8, 13, 50, 400):
        await cancelled(empty, turns, again)
        with pytest.raises(DBAPIError):  # in a transaction that was left open this would break all that follows
            async with empty.connect() as connection:
                await connection.exec_driver_sql("SELECT nothing FROM nowhere")
        async with empty.begin() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM kept")).scalar_one() == 0
