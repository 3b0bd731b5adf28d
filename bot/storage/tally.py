"""What is counted, in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.domain.tally import KEPT
from bot.storage.connection import Connection
from bot.storage.tables import tally


class SqlTally:
    """See `bot.engine.storing.Tally`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def times(self, name: str) -> Sequence[datetime]:
        """See `Tally.times`."""
        return (await self._db.execute(select(tally.c.at).where(tally.c.name == name))).scalars().all()

    async def note(self, name: str, now: datetime) -> None:
        """See `Tally.note`."""
        await self._db.execute(delete(tally).where(tally.c.at <= now - KEPT))
        await self._db.execute(insert(tally).values(name=name, at=now))
