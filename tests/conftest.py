from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.talk import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A mentor on a fresh database, at eight in the morning (UTC) of Monday, 30 November 2026."""
    async with talking(tmp_path / "milepost.db") as it:
        yield it
