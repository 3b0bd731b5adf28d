"""A process that opens the database while another one has it for itself."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text as _sql

from bot.storage.database import database_url
from bot.storage.sqlite import SqliteDatabase


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "milepost.db"
    with sqlite3.connect(made) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE kept (number INTEGER)")
    connection.close()
    return made


def held(file: Path) -> sqlite3.Connection:
    """The file, held as the first process that opens it after a crash holds it while it reads the log."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("INSERT INTO kept VALUES (1)")
    return connection


async def test_a_process_that_comes_while_another_has_the_file_waits_for_it(file: Path) -> None:
    alone = held(file)
    goes = threading.Timer(0.3, alone.close)
    goes.start()
    database = SqliteDatabase(database_url(f"sqlite:///{file}"), file)
    goes.join()
    async with database.connect() as connection:
        assert await connection.scalar(_sql("SELECT count(*) FROM kept")) == 1
    await database.dispose()
