"""Notes outcomes as soon as they are known, together with whatever else became known meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)
PAUSES = (0.1, 0.5, 2.0, 5.0)
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

    def __init__(self, outbox: Settles[Outcome]) -> None:
        self._outbox = outbox
        self._waiting: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._running = False

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
                for _, noted in batch:
                    noted.set_exception(error)
            else:
                for _, noted in batch:
                    noted.set_result(None)

    async def _note(self, outcomes: Sequence[Outcome]) -> None:
        """Try again when the database fails: what was sent and is not noted would be sent again."""
        for pause in PAUSES:
            try:
                await self._outbox.settle(outcomes)
            except Exception:
                log.warning("outcomes could not be noted; trying again", exc_info=True)
                await asyncio.sleep(pause)
            else:
                return
        await self._outbox.settle(outcomes)
