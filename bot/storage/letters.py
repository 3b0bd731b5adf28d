"""The outboxes as an operator sees them: how much waits, and what was given up, to be sent again or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, func, select, update

from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.domain.posting import Posting
from bot.storage import rows
from bot.storage.connection import Connection, Database
from bot.storage.gate import Lane
from bot.storage.group_tables import postings, study_groups
from bot.storage.tables import deliveries, enrollments

FRESH = timedelta(days=7)
"""So long a retried delivery may wait before it is worth nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outboxes stand: counts by state, and how long the oldest that could go has been waiting. `unplanned` are
    enrollments and groups that are owed something nobody has written down yet."""

    due: int
    waiting: int
    held: int
    dead: int
    unplanned: int
    lag: timedelta


class Letters:
    """Deliveries by number."""

    table: Table = deliveries

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, state: DeliveryState, limit: int = 100) -> Sequence[Delivery | Posting]:
        """Those in a state, oldest first."""
        mine = select(self.table).where(self.table.c.state == state.value)
        async with self._database.connect() as connection:
            return [self._read(row) for row in await connection.execute(mine.order_by(self.table.c.id).limit(limit))]

    async def retry(self, numbers: Sequence[int], now: datetime) -> int:
        """Make dead ones ready again (all of them when none is named). Returns how many."""
        fresh = {"not_before": now, "expires_at": now + FRESH, "attempts": 0}
        return await self._move(numbers, DeliveryState.READY, fresh)

    async def drop(self, numbers: Sequence[int]) -> int:
        """Give up dead ones for good (all of them when none is named). Returns how many."""
        return await self._move(numbers, DeliveryState.DROPPED, {})

    def _read(self, row: Row[Any]) -> Delivery | Posting:
        return rows.to_delivery(row)

    async def _move(self, numbers: Sequence[int], state: DeliveryState, values: dict[str, object]) -> int:
        dead = self.table.c.state == DeliveryState.DEAD.value
        mine = dead & self.table.c.id.in_(numbers) if numbers else dead
        async with self._database.begin(Lane.BULK) as connection:
            return (
                await connection.execute(update(self.table).where(mine).values(state=state.value, **values))
            ).rowcount


class PostingLetters(Letters):
    """Postings by number: what went out for groups, or should have."""

    table = postings

    def _read(self, row: Row[Any]) -> Posting:
        return Posting(
            row.id, row.key, DeliveryKind(row.kind), row.group_id, row.due_at, row.not_before, row.expires_at,
            row.place_id, row.learner_id, row.template, row.data, DeliveryState(row.state), row.attempts,
            row.last_error, row.lease_until,
        )  # fmt: skip


async def standing(database: Database, now: datetime) -> Standing:
    """How both outboxes stand at an instant, as one."""
    async with database.connect() as connection:
        mine = await _standing(connection, deliveries, enrollments.c.next_push_at, now)
        groups = await _standing(connection, postings, study_groups.c.next_digest_at, now)
    return Standing(
        mine.due + groups.due, mine.waiting + groups.waiting, mine.held + groups.held, mine.dead + groups.dead,
        mine.unplanned + groups.unplanned, max(mine.lag, groups.lag),
    )  # fmt: skip


async def _standing(connection: Connection, table: Table, owed_at: Any, now: datetime) -> Standing:
    """How one outbox stands, with what is to be planned into it: where `owed_at` lies in the past."""
    ready = table.c.state == DeliveryState.READY.value
    due, late = ready & (table.c.not_before <= now), owed_at <= now
    held, dead = (table.c.state == state.value for state in (DeliveryState.CLAIMED, DeliveryState.DEAD))
    counts = [
        int(await connection.scalar(select(func.count()).where(condition)))
        for condition in (due, ready, held, dead, late)
    ]
    since = [
        await connection.scalar(select(func.min(table.c.not_before)).where(due)),
        await connection.scalar(select(func.min(owed_at)).where(late)),
    ]
    lag = max((now - at for at in since if at is not None), default=timedelta(0))
    due_now, waiting, leased, given_up, unplanned = counts
    return Standing(due_now, waiting, leased, given_up, unplanned, lag)
