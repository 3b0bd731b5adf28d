from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.connection import Database
from tests.contracts.stores import Stores, empty_database, in_memory, in_tables

TABLES = ["sqlite", "postgresql"]


def _server(request: pytest.FixtureRequest) -> str:
    """The address of a PostgreSQL, started only by those who need it."""
    return str(request.getfixturevalue("postgres_server")) if request.param == "postgresql" else ""


@pytest.fixture(params=["memory", *TABLES])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield in_memory()
        return
    async with in_tables(request.param, tmp_path, _server(request)) as made:
        yield made


@pytest.fixture(params=TABLES)
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with empty_database(request.param, tmp_path, _server(request)) as database:
        yield database
