"""The outbox as an operator sees it: how much waits, and what was given up, to be sent again or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.domain.delivery import Delivery, DeliveryState
from bot.storage import rows
from bot.storage.connection import Database
from bot.storage.gate import Lane
from bot.storage.tables import deliveries, enrollments

FRESH = timedelta(days=7)
"""So long a retried delivery may wait before it is worth nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands: counts by state, and how long the oldest that could go has been waiting."""

    due: int
    waiting: int
    held: int
    dead: int
    unplanned: int
    lag: timedelta


class Letters:
    """Deliveries by number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, state: DeliveryState, limit: int = 100) -> Sequence[Delivery]:
        """Deliveries in a state, oldest first."""
        query = select(deliveries).where(deliveries.c.state == state.value).order_by(deliveries.c.id).limit(limit)
        async with self._database.connect() as connection:
            return [rows.to_delivery(row) for row in await connection.execute(query)]

    async def retry(self, numbers: Sequence[int], now: datetime) -> int:
        """Make dead deliveries ready again (all of them when none is named). Returns how many."""
        fresh = {"not_before": now, "expires_at": now + FRESH, "attempts": 0}
        return await self._move(numbers, DeliveryState.READY, fresh)

    async def drop(self, numbers: Sequence[int]) -> int:
        """Give up dead deliveries for good (all of them when none is named). Returns how many."""
        return await self._move(numbers, DeliveryState.DROPPED, {})

    async def _move(self, numbers: Sequence[int], state: DeliveryState, values: dict[str, object]) -> int:
        dead = deliveries.c.state == DeliveryState.DEAD.value
        mine = dead & deliveries.c.id.in_(numbers) if numbers else dead
        async with self._database.begin(Lane.BULK) as connection:
            return (
                await connection.execute(update(deliveries).where(mine).values(state=state.value, **values))
            ).rowcount

    async def standing(self, now: datetime) -> Standing:
        """How the outbox stands at an instant."""
        ready = deliveries.c.state == DeliveryState.READY.value
        due, late = ready & (deliveries.c.not_before <= now), enrollments.c.next_push_at <= now
        oldest = func.min
        async with self._database.connect() as connection:
            counts = [
                int(await connection.scalar(select(func.count()).where(condition)))
                for condition in (due, ready, deliveries.c.state == DeliveryState.CLAIMED.value,
                                  deliveries.c.state == DeliveryState.DEAD.value, late)
            ]  # fmt: skip
            since = [
                await connection.scalar(select(oldest(deliveries.c.not_before)).where(due)),
                await connection.scalar(select(oldest(enrollments.c.next_push_at)).where(late)),
            ]
        lag = max((now - at for at in since if at is not None), default=timedelta(0))
        due_now, waiting, held, dead, unplanned = counts
        return Standing(due_now, waiting, held, dead, unplanned, lag)
