from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade
from tests.delivery.people import fill

ROOT = Path(__file__).parents[2]


@dataclass
class Nursery:
    """Runs jobs in processes of their own. See `tests.delivery.nursery`."""

    process: subprocess.Popen[str]

    async def run(self, *jobs: dict[str, Any]) -> list[int]:
        """Run jobs side by side; how each ended: 0, or minus the signal that killed it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(jobs) + "\n")
        self.process.stdin.flush()
        return json.loads(await asyncio.to_thread(self.process.stdout.readline))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.delivery.nursery"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Databases:
    """Copies of a database with learners whose push is due."""

    kind: str
    template: str
    folder: Path

    async def copy(self, more: int = 0) -> str:
        """The address of a fresh copy, with more learners or the few there are."""
        url = await self._copy()
        if more:
            database = open_database(database_url(url))
            async with database.begin() as connection:
                await connection.exec_driver_sql("DELETE FROM learners")
            await fill(database, more)
            await database.dispose()
        return url

    async def _copy(self) -> str:
        name = f"c{uuid.uuid4().hex[:12]}"
        if self.kind == "sqlite":
            return f"sqlite:///{shutil.copy(self.template, self.folder / name)}"
        server, _, template = self.template.rpartition("/")
        connection = await asyncpg.connect(f"{server}/postgres")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        await connection.close()
        return f"{server}/{name}"


LEARNERS = 4


@pytest.fixture(params=["sqlite", "postgresql"])
async def databases(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Databases]:
    if request.param == "sqlite":
        template = str(tmp_path / "template.db")
        url = f"sqlite:///{template}"
    else:
        server = str(request.getfixturevalue("postgres_server")).rsplit("/", 1)[0]
        connection = await asyncpg.connect(f"{server}/postgres")
        name = f"t{uuid.uuid4().hex[:12]}"
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()
        url = template = f"{server}/{name}"
    database = open_database(database_url(url))
    await upgrade(database)
    await fill(database, LEARNERS)
    await database.dispose()
    yield Databases(request.param, template, tmp_path)
