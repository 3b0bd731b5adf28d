from __future__ import annotations

import importlib
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

with warnings.catch_warnings():
    # It imports audioop, which Python is about to drop; nothing of ours does.
    warnings.simplefilter("ignore", DeprecationWarning)
    importlib.import_module("discord")

from bot.adapters.discord.client import redirect
from tests.discord_adapter.house import House, living
from tests.loopback.discord.server import LoopbackDiscord


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lasting(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A mentor on a Discord, for as long as a file's tests run."""
    async with LoopbackDiscord() as server:
        async with living(server, tmp_path_factory.mktemp("discord") / "milepost.db") as it:
            yield it
        assert server.rest.problems() == []


@pytest.fixture
def house(lasting: House) -> House:
    """A mentor on a Discord, both shared by a file's tests: each brings its own people and servers."""
    redirect(lasting.discord.api_url, lasting.discord.gateway_url)  # a test with its own has pointed us there
    return lasting


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    """A Discord of one's own. Every request it saw must be one that Discord's description knows."""
    async with LoopbackDiscord() as server:
        yield server
        assert server.rest.problems() == []


@pytest.fixture
async def alone(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[House]:
    """A mentor of one's own on it, for tests that move its clock or take it down."""
    async with living(discord, tmp_path / "milepost.db") as it:
        yield it
