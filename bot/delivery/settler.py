"""Notes outcomes as soon as they are known, together with whatever else became known meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

log = logging.getLogger(__name__)
PAUSES = (0.1, 0.5, 2.0, 5.0, 10.0, 20.0)
"""Seconds between tries; together well under the lease."""


Outcome = TypeVar("Outcome")
Settled_contra = TypeVar("Settled_contra", contravariant=True)


class Settles(Protocol[Settled_contra]):
    """Takes outcomes in, all in one transaction."""

    async def settle(self, outcomes: Sequence[Settled_contra]) -> None:
        """Note how attempts ended."""


class Settler(Generic[Outcome]):
    """Gathers outcomes while one transaction runs into the next one, so that a busy hour costs few commits.

    `settle` returns when its outcome is in the database: whoever sends the next message knows that the
    last one will not be sent again.
    """

    def __init__(self, outbox: Settles[Outcome], pauses: Sequence[float] = PAUSES) -> None:
        self._outbox = outbox
        self._pauses = pauses
        self._waiting: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._running = False
        self.stuck = False
        """An outcome could not be noted: whatever is sent now would not be noted either, and sent again."""

    async def settle(self, outcome: Outcome) -> None:
        """Note one outcome."""
        noted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, noted))
        if not self._running:
            self._running = True
            try:
                await self._flush()
            finally:
                self._running = False
        await noted

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._note([outcome for outcome, _ in batch])
            except Exception as error:
                self.stuck = True
                for _, noted in batch:
                    noted.set_exception(error)
            else:
                for _, noted in batch:
                    noted.set_result(None)

    async def _note(self, outcomes: Sequence[Outcome]) -> None:
        """Try again when the database fails: what was sent and is not noted would be sent again."""
        for pause in self._pauses:
            try:
                await self._outbox.settle(outcomes)
            except Exception:
                log.warning("outcomes could not be noted; trying again", exc_info=True)
                await asyncio.sleep(pause)
            else:
                return
        await self._outbox.settle(outcomes)


async def all_ended(acts: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Run them side by side, each to its end, and only then raise the first failure: nothing goes on unwatched."""
    for ended in await asyncio.gather(*acts, return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
