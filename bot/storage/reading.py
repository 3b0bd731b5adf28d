"""Reads that more than one part of the storage needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.enrollment import Enrollment
from bot.domain.learner import Identity
from bot.storage import rows
from bot.storage.connection import Connection
from bot.storage.sql import instant, spoken
from bot.storage.tables import completions, identities

_DONE_ON = "SELECT task_id, done_at FROM completions WHERE enrollment_id = $1"
"""Of one plan alone, which is what nearly every message asks for: as plain SQL it costs a third."""
_DONE = select(completions).where(completions.c.enrollment_id.in_(bindparam("plans", expanding=True)))


async def load_enrollments(
    connection: Connection, query: Any, values: Mapping[str, object] | None = None
) -> tuple[Enrollment, ...]:
    """The enrollments a query over that table finds, with the tasks done on each."""
    found = (await connection.execute(query, values)).all()
    if not found:
        return ()
    by_enrollment: dict[int, dict[str, datetime]] = {row.id: {} for row in found}
    if len(found) == 1:
        alone = await connection.exec_driver_sql(spoken(connection, _DONE_ON), (found[0].id,))
        done: Sequence[Any] = alone.all()
        by_enrollment[found[0].id] = {task: instant(at) for task, at in done}
    else:
        for row in await connection.execute(_DONE, {"plans": [row.id for row in found]}):
            by_enrollment[row.enrollment_id][row.task_id] = row.done_at
    return tuple(rows.to_enrollment(row, by_enrollment[row.id]) for row in found)


async def load_identities(connection: Connection, learner_ids: Sequence[int]) -> Mapping[int, tuple[Identity, ...]]:
    """The accounts of several learners, by learner."""
    query = select(identities).where(identities.c.learner_id.in_(learner_ids)).order_by("platform", "external_id")
    found: dict[int, tuple[Identity, ...]] = {}
    for row in await connection.execute(query):
        account = Identity(row.platform, row.external_id, row.chat_id, row.reachable)
        found[row.learner_id] = (*found.get(row.learner_id, ()), account)
    return found
