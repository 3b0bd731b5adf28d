"""The inbox over its table: an event is on disk before the platform hears that we have it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.engine import crashpoints
from bot.engine.storing import Event, Received
from bot.storage.answers import from_json
from bot.storage.connection import Connection, Database
from bot.storage.sql import millis, spoken
from bot.storage.tables import inbox

# Every message runs these; as plain SQL they cost a quarter of what SQLAlchemy's own statements do.
_KEEP = """
INSERT INTO inbox (platform, event_id, chat, payload, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING id
"""
_SENT = "UPDATE inbox SET sent = $2 WHERE id = $1"
_DRAFT = "UPDATE inbox SET draft = $2 WHERE id = $1"
_DONE = "DELETE FROM inbox WHERE id = $1"


class SqlInbox:
    """See `bot.engine.storing.Inbox`."""

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
        values = (event.platform, event.event_id, event.chat, json.dumps(dict(event.payload)), millis(now))
        found = (await connection.exec_driver_sql(spoken(connection, _KEEP), values)).one_or_none()
        return int(found[0]) if found else None

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
            await connection.exec_driver_sql(spoken(connection, _SENT), (number, sent))

    async def note_draft(self, number: int, message: str) -> None:
        """See `Inbox.note_draft`."""
        async with self._database.begin() as connection:
            await connection.exec_driver_sql(spoken(connection, _DRAFT), (number, message))

    async def answered(self, number: int) -> None:
        """See `Inbox.answered`."""
        crashpoints.reach("inbox.answered")
        async with self._database.begin() as connection:
            await connection.exec_driver_sql(spoken(connection, _DONE), (number,))


def _received(row: Row[Any]) -> Received:
    event = Event(row.platform, row.event_id, row.chat, row.payload)
    return Received(row.id, event, None if row.replies is None else from_json(row.replies), row.sent, row.draft)
