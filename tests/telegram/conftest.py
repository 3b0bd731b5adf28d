from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loopback.telegram.server import LoopbackTelegram
from tests.telegram.stage import Stage, staged


@pytest.fixture
async def server() -> AsyncIterator[LoopbackTelegram]:
    """A Bot API server; at the end every request must have been one that the official description allows."""
    async with LoopbackTelegram().running() as it:
        yield it
    assert it.state.problems == []


@pytest.fixture
async def stage(server: LoopbackTelegram, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, polling, on a fresh database, at eight in the morning (UTC) of Monday, 30 November 2026."""
    async with staged(server, tmp_path / "milepost.db") as it:
        yield it
