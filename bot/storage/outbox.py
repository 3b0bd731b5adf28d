"""The outbox over the tables: claims are guarded updates, so that a row belongs to one worker at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.delivery import Delivery, DeliveryState, Outcome, Recipient
from bot.domain.enrollment import EnrollmentState
from bot.domain.planning import Due, Planned
from bot.storage import rows
from bot.storage.reading import load_enrollments, load_identities
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

_SETTLE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(state=bindparam("new_state"), last_error=bindparam("error"), attempts=bindparam("tries"),
            not_before=bindparam("again"), lease_until=None)
)  # fmt: skip
_HEARD = (
    update(learners).where(learners.c.id == bindparam("learner")).values(last_push_on=bindparam("day"), shown_week=None)
)


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

    async def recipients(self, claimed: Sequence[Delivery]) -> Mapping[int, Recipient]:
        """See `Outbox.recipients`."""
        people = sorted({delivery.learner_id for delivery in claimed})
        plans = sorted({delivery.enrollment_id for delivery in claimed})
        async with self._engine.connect() as connection:
            who = {r.id: rows.to_learner(r) for r in await connection.execute(select(learners).where(learners.c.id.in_(people)))}
            on = await load_enrollments(connection, select(enrollments).where(enrollments.c.id.in_(plans)))
            accounts = await load_identities(connection, people)
        by_id = {plan.id: plan for plan in on}
        return {
            d.id: Recipient(who[d.learner_id], by_id[d.enrollment_id], accounts.get(d.learner_id, ()))
            for d in claimed
            if d.learner_id in who and d.enrollment_id in by_id
        }

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """See `Outbox.settle`."""
        rows_ = [_settled(outcome) for outcome in outcomes]
        heard = [
            {"learner": o.delivery.learner_id, "day": o.sent_on} for o in outcomes if o.sent_on is not None
        ]  # fmt: skip
        async with self._engine.begin() as connection:
            await connection.execute(_SETTLE, rows_)
            if heard:
                await connection.execute(_HEARD, heard)


def _settled(outcome: Outcome) -> dict[str, Any]:
    delivery = outcome.delivery
    return {
        "delivery": delivery.id, "new_state": outcome.state.value, "error": outcome.error,
        "tries": delivery.attempts + outcome.attempted, "again": outcome.not_before or delivery.not_before,
    }  # fmt: skip
