"""What is counted, in a plain list."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from datetime import datetime

from bot.domain.tally import KEPT


class MemoryTally:
    """See `bot.engine.storing.Tally`."""

    def __init__(self, counted: MutableSequence[tuple[str, datetime]]) -> None:
        self._counted = counted

    async def times(self, name: str) -> Sequence[datetime]:
        """See `Tally.times`."""
        return [at for counted, at in self._counted if counted == name]

    async def note(self, name: str, now: datetime) -> None:
        """See `Tally.note`."""
        self._counted[:] = [*(entry for entry in self._counted if entry[1] > now - KEPT), (name, now)]
