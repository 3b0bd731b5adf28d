"""A text that grows while people watch: the latest of it is shown now and then, at a platform's pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

log = logging.getLogger(__name__)

GATHER = 0.4
"""Seconds before the first look at it, so that it begins with some words and not with one."""


class Growing:
    """Hands the latest words to `put`, at most once in `every` seconds. Whoever adds words never waits for that."""

    def __init__(self, put: Callable[[str], Awaitable[None]], every: float) -> None:
        self._put = put
        self._every = every
        self._latest = self._shown = ""
        self._over = asyncio.Event()
        self._showing: asyncio.Task[None] | None = None

    async def show(self, text: str) -> None:
        """The words so far."""
        if text.strip():
            self._latest = text
            self._showing = self._showing or asyncio.create_task(self._show())

    async def close(self) -> None:
        """Show no more. What is on its way arrives first, so that the whole may take its place."""
        self._over.set()
        if self._showing is not None:
            try:
                await self._showing
            except Exception:  # what was shown of it must never cost the answer itself
                log.exception("an unfinished answer could not be shown; the whole follows")

    async def _show(self) -> None:
        wait = GATHER
        while not await self._ends_within(wait):
            if self._latest != self._shown:
                self._shown = self._latest
                await self._put(self._shown)
            wait = self._every

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        return self._over.is_set()
