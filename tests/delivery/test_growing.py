"""A text that grows: whatever goes wrong with showing it, the answer itself is not lost."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.growing import GATHER, Growing


async def test_what_goes_wrong_while_it_is_shown_is_told_to_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def locked(text: str) -> None:
        raise RuntimeError(f"the database is locked: {text}")

    growing = Growing(locked, every=0.01)
    await growing.show("Overfitting is")
    await asyncio.sleep(GATHER + 0.1)
    await growing.close()
    assert "an unfinished answer could not be shown" in caplog.text
