"""Short notes by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.connection import Database
from bot.storage.tables import marks


class SqlMarks:
    """See `bot.engine.storing.Marks`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str:
        """See `Marks.get`."""
        async with self._database.connect() as connection:
            return await connection.scalar(select(marks.c.value).where(marks.c.name == name)) or ""

    async def put(self, name: str, value: str) -> None:
        """See `Marks.put`."""
        async with self._database.begin() as connection:
            dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = dialect.insert(marks).values(name=name, value=value)
            await connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


class MemoryMarks:
    """See `bot.engine.storing.Marks`. Forgotten with the process."""

    def __init__(self) -> None:
        self._notes: dict[str, str] = {}

    async def get(self, name: str) -> str:
        """See `Marks.get`."""
        return self._notes.get(name, "")

    async def put(self, name: str, value: str) -> None:
        """See `Marks.put`."""
        self._notes[name] = value
