"""The inbox over its table: an event is on disk before the platform hears that we have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.engine import crashpoints
from bot.engine.ports import Event, Received
from bot.storage.answers import from_json
from bot.storage.connection import Connection, Database
from bot.storage.tables import inbox


class SqlInbox:
    """See `bot.engine.ports.Inbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive(self, events: Sequence[Event], now: datetime) -> Sequence[Received]:
        """See `Inbox.receive`."""
        async with self._database.begin() as connection:
            numbers = [await self._insert(connection, event, now) for event in events]
            crashpoints.reach("inbox.written")
        crashpoints.reach("inbox.committed")
        pairs = zip(numbers, events, strict=True)
        return [Received(number, event) for number, event in pairs if number is not None]

    async def _insert(self, connection: Connection, event: Event, now: datetime) -> int | None:
        dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = dialect.insert(inbox).values(
            platform=event.platform, event_id=event.event_id, chat=event.chat, payload=dict(event.payload), at=now
        )
        number: int | None = await connection.scalar(row.on_conflict_do_nothing().returning(inbox.c.id))
        return number

    async def waiting(self, platform: str) -> Sequence[Received]:
        """See `Inbox.waiting`."""
        query = select(inbox).where(inbox.c.platform == platform).order_by(inbox.c.id)
        async with self._database.connect() as connection:
            return [_received(row) for row in await connection.execute(query)]

    async def fetch(self, number: int) -> Received | None:
        """See `Inbox.fetch`."""
        async with self._database.connect() as connection:
            row = (await connection.execute(select(inbox).where(inbox.c.id == number))).one_or_none()
        return _received(row) if row else None

    async def note_sent(self, number: int, sent: int) -> None:
        """See `Inbox.note_sent`."""
        async with self._database.begin() as connection:
            await connection.execute(update(inbox).where(inbox.c.id == number).values(sent=sent))

    async def answered(self, number: int) -> None:
        """See `Inbox.answered`."""
        crashpoints.reach("inbox.answered")
        async with self._database.begin() as connection:
            await connection.execute(delete(inbox).where(inbox.c.id == number))


def _received(row: Row[Any]) -> Received:
    event = Event(row.platform, row.event_id, row.chat, row.payload)
    return Received(row.id, event, None if row.replies is None else from_json(row.replies), row.sent)
