from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import server
from tests.talk import Talk, talking

# The same examples each time, however busy the machine: a time limit an example would fail on a slow day.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A mentor on a fresh database, at eight in the morning (UTC) of Monday, 30 November 2026."""
    async with talking(tmp_path / "milepost.db") as it:
        yield it


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A verb that runs in a test sends the logs elsewhere; the next test wants to read its own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this test run's own, on loopback; the address of an empty database on it."""
    with server() as url:
        yield url
