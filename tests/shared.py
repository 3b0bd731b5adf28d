"""What takes long and never changes, made once for all tests of a process: the content, a database with its tables."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.app import App, Content, read_content, running
from bot.engine.ports import Clock
from bot.settings import Settings
from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade


@lru_cache(maxsize=1)
def content() -> Content:
    """The content that ships, as every app of this process reads it."""
    return read_content(Settings())


@asynccontextmanager
async def running_app(database: Path | str, clock: Clock, **settings: Any) -> AsyncIterator[App]:
    """`bot.app.running` with the shared content, on a fresh or existing SQLite file or any database URL."""
    url = database if isinstance(database, str) else _with_tables(database)
    async with running(Settings(database_url=url, **settings), clock, content()) as app:
        yield app


def _with_tables(file: Path) -> str:
    if not file.exists():
        shutil.copyfile(_migrated(), file)
    return f"sqlite:///{file}"


@lru_cache(maxsize=1)
def _migrated() -> Path:
    """A SQLite file that all migrations have been through, with nothing in it yet."""
    file = Path(tempfile.mkdtemp(prefix="milepost-tests-")) / "migrated.db"

    async def make() -> None:
        database = open_database(database_url(f"sqlite:///{file}"))
        await upgrade(database)
        await database.dispose()

    with ThreadPoolExecutor(1) as beside:  # a loop runs here already
        beside.submit(asyncio.run, make()).result()
    return file
