"""Two learners turn out to be one person: what the second has in groups becomes the first's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, delete, select, update

from bot.domain.group import Role, Sharing
from bot.storage.connection import Connection
from bot.storage.group_tables import (
    blocks,
    cheers,
    group_bars,
    group_log,
    group_questions,
    group_reports,
    memberships,
    postings,
)  # fmt: skip
from bot.storage.tables import learners

OWNED = (
    (memberships, "learner_id"), (group_bars, "learner_id"), (blocks, "learner_id"), (blocks, "blocked_id"),
    (cheers, "learner_id"), (cheers, "target_id"), (group_log, "learner_id"), (group_log, "target_id"),
    (group_reports, "learner_id"), (group_reports, "target_id"), (group_questions, "learner_id"),
    (postings, "learner_id"),
)  # fmt: skip


async def absorb(connection: Connection, kept_id: int, gone_id: int) -> None:
    """Move everything, but for rows the kept learner has already."""
    await _join(connection, kept_id, gone_id)
    for table, name in OWNED:
        await _move(connection, table, name, kept_id, gone_id)
    same = (blocks.c.learner_id == blocks.c.blocked_id) & (blocks.c.learner_id == kept_id)
    await connection.execute(delete(blocks).where(same))
    await connection.execute(delete(cheers).where((cheers.c.learner_id == kept_id) & (cheers.c.target_id == kept_id)))


async def _join(connection: Connection, kept_id: int, gone_id: int) -> None:
    """Where both are in one group: the stronger role, the more private sharing, and a pseudonym that either has.
    Elsewhere the one who joins goes on under the name that is known there."""
    who = memberships.c.learner_id.in_([kept_id, gone_id])
    places: dict[int, list[Any]] = {}
    for row in await connection.execute(select(memberships).where(who)):
        places.setdefault(row.group_id, []).append(row)
    for group_id, both in places.items():
        if len(both) == 2:
            role = min((Role(row.role) for row in both), key=lambda r: r.rank)
            sharing = max((Sharing(row.sharing) for row in both), key=list(Sharing).index)
            both.sort(key=lambda row: row.learner_id != kept_id)
            known = both[0].pseudonym or both[1].pseudonym
            mine = (memberships.c.group_id == group_id) & (memberships.c.learner_id == kept_id)
            changed = {"role": role.value, "sharing": sharing.value, "pseudonym": known}
            await connection.execute(update(memberships).where(mine).values(**changed))
    await _keep_name(connection, kept_id, gone_id)


async def _keep_name(connection: Connection, kept_id: int, gone_id: int) -> None:
    found = await connection.execute(
        select(learners.c.id, learners.c.name).where(learners.c.id.in_([kept_id, gone_id]))
    )
    names = {row.id: row.name for row in found}
    theirs = (memberships.c.learner_id == gone_id) & (memberships.c.pseudonym == "")
    if names.get(gone_id) and names[gone_id] != names.get(kept_id):
        await connection.execute(update(memberships).where(theirs).values(pseudonym=names[gone_id]))


async def _move(connection: Connection, table: Table, name: str, kept_id: int, gone_id: int) -> None:
    column = table.c[name]
    others = [c for c in table.primary_key.columns if c.name != name] if column.primary_key else []
    if not others:
        await connection.execute(update(table).where(column == gone_id).values({name: kept_id}))
        return
    other = table.alias()
    there = select(other).where(other.c[name] == kept_id, *(other.c[c.name] == c for c in others)).exists()
    await connection.execute(delete(table).where((column == gone_id) & there))
    await connection.execute(update(table).where(column == gone_id).values({name: kept_id}))
