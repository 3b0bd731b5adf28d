"""Requests on their way: one after the other for each user, and nobody waits long for what another asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

HEAD_START = 0.3
"""Seconds in which an answer usually is there, so that it stands before the next line's."""
MOST = 100


@dataclass
class Flights:
    """Without `patience` each request is over before the next begins; with it, requests of others begin after so many
    seconds, and the answer follows when it is there."""

    patience: float | None = None
    _last: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _all: set[asyncio.Task[None]] = field(default_factory=set)

    async def depart(self, user: str, serve: Callable[[], Awaitable[None]]) -> None:
        """Serve a request of a user after the one before of theirs. Raises what an earlier one raised."""
        if self.patience is None:
            return await serve()
        before = self._last.get(user)
        task = self._last[user] = asyncio.create_task(_after(before, serve))
        self._all.add(task)
        if before is None or before.done():
            await asyncio.wait({task}, timeout=self.patience)
        if len(self._all) >= MOST:
            await asyncio.wait(self._all, return_when=asyncio.FIRST_COMPLETED)
        return self._clear()

    async def landed(self) -> None:
        """Wait for all of them. Raises what one of them raised."""
        if self._all:
            await asyncio.wait(self._all)
        self._clear()

    def _clear(self) -> None:
        over = {task for task in self._all if task.done()}
        self._all -= over
        self._last = {user: task for user, task in self._last.items() if task not in over}
        for task in over:
            task.result()


async def _after(before: asyncio.Task[None] | None, serve: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait({before})
    await serve()
