"""Everything stored about a learner, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table, select

from bot.storage.connection import Connection
from bot.storage.schema import TABLES
from bot.storage.tables import enrollments, learners

NOT_PERSONAL = frozenset({"seen", "inbox", "marks", "budgets", "study_groups", "group_chats", "group_talks", "tally"})
"""Tables that hold nothing of a learner's (the inbox only for as long as an answer takes, counts only for a
day); a test holds that every other one is exported."""


async def export_learner(connection: Connection, learner_id: int) -> Mapping[str, object]:
    """One list of rows a table."""
    return {
        table.name: [_own(_row(row)) for row in (await connection.execute(_mine(table, learner_id))).mappings()]
        for table in TABLES.sorted_tables
        if table.name not in NOT_PERSONAL
    }


def _mine(table: Table, learner_id: int) -> Any:
    if table is learners:
        return select(table).where(table.c.id == learner_id)
    if "learner_id" in table.c:
        return select(table).where(table.c.learner_id == learner_id)
    owned = select(enrollments.c.id).where(enrollments.c.learner_id == learner_id)
    return select(table).where(table.c.enrollment_id.in_(owned))


def _row(row: Mapping[Any, Any]) -> dict[str, object]:
    return {str(key): _plain(value) for key, value in row.items()}


def _own(row: dict[str, object]) -> dict[str, object]:
    """A row without the number of somebody else, who may have written to its reader without a name."""
    words = row.get("data")
    if isinstance(words, Mapping) and "by" in words:
        return {**row, "data": {key: value for key, value in words.items() if key != "by"}}
    return row


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
