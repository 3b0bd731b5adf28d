"""Who may write next: one at a time, people before bulk, and bulk never shut out."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

SHARE = 8
"""After so many people in a row, one turn goes to bulk work that waits."""


class Lane(IntEnum):
    """A person who waits for an answer, or work that nobody waits for."""

    PERSON = 0
    BULK = 1


class Gate:
    """Lets one in at a time. The turn is handed over, so that nobody can slip in between two of them."""

    def __init__(self) -> None:
        self._held = False
        self._lines: dict[Lane, deque[asyncio.Future[None]]] = {lane: deque() for lane in Lane}
        self._in_a_row = 0

    @asynccontextmanager
    async def turn(self, lane: Lane) -> AsyncIterator[None]:
        """Wait for a turn, and keep it until the block ends."""
        if self._held:
            await self._wait(lane)
        self._held = True
        try:
            yield
        finally:
            self._hand_over()

    async def _wait(self, lane: Lane) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines[lane].append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():
                self._hand_over()  # the turn was ours already, and we do not want it any more
            raise

    def _hand_over(self) -> None:
        following = self._next()
        self._held = following is not None
        if following is not None:
            following.set_result(None)

    def _next(self) -> asyncio.Future[None] | None:
        people, bulk = self._lines[Lane.PERSON], self._lines[Lane.BULK]
        while people or bulk:
            persons_turn = bool(people) and not (bulk and self._in_a_row >= SHARE)
            self._in_a_row = self._in_a_row + 1 if persons_turn else 0
            following = (people if persons_turn else bulk).popleft()
            if not following.done():
                return following
        return None
