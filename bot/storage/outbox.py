"""The outbox over the tables: claims are guarded updates, so that a row belongs to one worker at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.enrollment import EnrollmentState
from bot.domain.planning import Due, Planned
from bot.storage import rows
from bot.storage.tables import deliveries, enrollments, learners

_CLAIMABLE = or_(
    deliveries.c.state == DeliveryState.READY.value,
    (deliveries.c.state == DeliveryState.CLAIMED.value) & (deliveries.c.lease_until <= bindparam("now")),
)
_PLAN_NEXT = (
    update(enrollments)
    .where(enrollments.c.id == bindparam("enrollment"))
    .values(next_push_on=bindparam("next_on"), next_push_at=bindparam("next_at"), state=EnrollmentState.ACTIVE.value,
            paused_until=None)
)  # fmt: skip


class SqlOutbox:
    """Deliveries and due enrollments, in sets."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def next_due(self) -> datetime | None:
        """See `Outbox.next_due`."""
        ready = select(func.min(deliveries.c.not_before)).where(deliveries.c.state == DeliveryState.READY.value)
        held = select(func.min(deliveries.c.lease_until)).where(deliveries.c.state == DeliveryState.CLAIMED.value)
        to_plan = select(func.min(enrollments.c.next_push_at)).where(enrollments.c.next_push_at.is_not(None))
        async with self._engine.connect() as connection:
            found = [await connection.scalar(query) for query in (ready, held, to_plan)]
        return min((at for at in found if at is not None), default=None)

    async def release(self) -> None:
        """See `Outbox.release`."""
        async with self._engine.begin() as connection:
            held = deliveries.c.state == DeliveryState.CLAIMED.value
            await connection.execute(update(deliveries).where(held).values(state=DeliveryState.READY.value))

    async def plan(self, now: datetime, limit: int, decide: Callable[[Due, datetime], Planned]) -> int:
        """See `Outbox.plan`."""
        async with self._engine.begin() as connection:
            due = await self._due(connection, now, limit)
            if due:
                await self._write(connection, [decide(item, now) for item in due])
        return len(due)

    async def _due(self, connection: AsyncConnection, now: datetime, limit: int) -> list[Due]:
        query = (
            select(enrollments.c.id.label("enrollment_id"), enrollments.c.next_push_on, enrollments.c.over_on, learners)
            .join(learners)
            .where(enrollments.c.next_push_at <= now)
            .order_by(enrollments.c.next_push_at, enrollments.c.id)
            .limit(limit)
            .with_for_update(of=enrollments, skip_locked=True)
        )
        found = await connection.execute(query)
        return [Due(r.enrollment_id, r.id, r.next_push_on, r.over_on, rows.to_learner(r).preferences) for r in found]

    async def _write(self, connection: AsyncConnection, items: list[Planned]) -> None:
        dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
        owed = dialect.insert(deliveries).on_conflict_do_nothing()
        await connection.execute(owed, [rows.from_delivery(item.delivery) for item in items])
        nexts = [
            {"enrollment": p.delivery.enrollment_id, "next_on": p.next_on, "next_at": p.next_at} for p in items
        ]  # fmt: skip
        await connection.execute(_PLAN_NEXT, nexts)

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """See `Outbox.claim`."""
        open_rows = (deliveries.c.state <= DeliveryState.CLAIMED.value) & (deliveries.c.not_before <= now) & _CLAIMABLE
        free = (
            select(deliveries.c.id).where(open_rows).order_by(deliveries.c.not_before, deliveries.c.id).limit(limit)
        ).with_for_update(skip_locked=True)  # fmt: skip
        take = (
            update(deliveries)
            .where(deliveries.c.id.in_(free))
            .values(state=DeliveryState.CLAIMED.value, lease_until=now + lease)
            .returning(*deliveries.c)
        )
        async with self._engine.begin() as connection:
            found = [rows.to_delivery(row) for row in await connection.execute(take, {"now": now})]
        return sorted(found, key=lambda d: (d.not_before, d.id))

    async def settle(
        self, delivery: Delivery, state: DeliveryState, error: str = "", sent_on: date | None = None
    ) -> None:
        """See `Outbox.settle`."""
        async with self._engine.begin() as connection:
            values = {"state": state.value, "last_error": error, "lease_until": None, "attempts": delivery.attempts + 1}
            await connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))
            if sent_on is not None:
                mine = learners.c.id == delivery.learner_id
                await connection.execute(update(learners).where(mine).values(last_push_on=sent_on, shown_week=None))

    async def postpone(self, delivery: Delivery, not_before: datetime, error: str = "", *, attempted: bool) -> None:
        """See `Outbox.postpone`."""
        later = replace(delivery, attempts=delivery.attempts + attempted)
        values = {
            "state": DeliveryState.READY.value, "not_before": not_before, "lease_until": None,
            "attempts": later.attempts, "last_error": error,
        }  # fmt: skip
        async with self._engine.begin() as connection:
            await connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))
