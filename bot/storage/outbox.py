"""The outbox over the tables: a claim is a lease, and only its holder may say how an attempt ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.delivery import PRIORITY, Delivery, DeliveryKind, DeliveryState, Outcome, Recipient
from bot.domain.planning import Due, Planned
from bot.engine import crashpoints
from bot.storage import claiming, planner, rows
from bot.storage.connection import Connection, Database
from bot.storage.gate import Lane
from bot.storage.reading import load_enrollments, load_identities
from bot.storage.sql import day, instant, millis, spoken
from bot.storage.tables import deliveries, enrollments, learners

_NEXT_DUE = f"""
SELECT {", ".join(claiming.waiting("deliveries"))},
  (SELECT min(next_push_at) FROM enrollments WHERE next_push_at IS NOT NULL)
"""  # noqa: S608 - names of our own
_RELEASE = "UPDATE deliveries SET state = 0, lease_until = NULL WHERE state = 1"
_COLUMNS = """
id, enrollment_id, learner_id, kind, local_date, due_at, not_before, expires_at, attempts, missed, minute, last_error
"""
_CLAIM = claiming.claim("deliveries", _COLUMNS)
# That something arrived is true whoever says it; everything else may only be said by the holder of the lease.
_SETTLE = """
UPDATE deliveries SET state = $2, last_error = $3, attempts = $4, not_before = $5, lease_until = NULL
WHERE id = $1 AND state <= 1 AND ($6 = 1 OR (state = 1 AND lease_until = $7))
"""
_HEARD = "UPDATE learners SET last_push_on = $2, shown_week = NULL, offered = '' WHERE id = $1"


CHUNKS = {"sqlite": 50, "postgresql": 1000}
"""In SQLite everybody else waits meanwhile, a millisecond; in PostgreSQL nobody does, and each costs round trips."""


class SqlOutbox:
    """Deliveries and due enrollments, in sets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.chunk = CHUNKS[database.name]

    async def next_due(self) -> datetime | None:
        """See `Outbox.next_due`."""
        async with self._database.connect() as connection:
            return planner.next_instants((await connection.exec_driver_sql(_NEXT_DUE)).one())

    async def release(self) -> None:
        """See `Outbox.release`."""
        async with self._database.begin(Lane.BULK) as connection:
            await connection.exec_driver_sql(_RELEASE)

    async def plan(self, now: datetime, limit: int, decide: Callable[[Due, datetime], Planned]) -> int:
        """See `Outbox.plan`."""
        async with self._database.begin(Lane.BULK) as connection:
            found = await planner.due(connection, now, limit)
            if found:
                crashpoints.reach("plan.read")
                await planner.write(connection, found, now, decide)
                crashpoints.reach("plan.written")
        if found:
            crashpoints.reach("plan.committed")
        return len(found)

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """See `Outbox.claim`."""
        until = instant(millis(now + lease))
        async with self._database.begin(Lane.BULK) as connection:
            values = (millis(until), millis(now), limit)
            found = (await connection.exec_driver_sql(spoken(connection, _CLAIM), values)).all()
            if found:
                crashpoints.reach("claim.written")
        if found:
            crashpoints.reach("claim.committed")
        return sorted((_delivery(row, until) for row in found), key=lambda d: (PRIORITY[d.kind], d.not_before, d.id))

    async def recipients(self, claimed: Sequence[Delivery]) -> Mapping[int, Recipient]:
        """See `Outbox.recipients`."""
        async with self._database.connect() as connection:
            found = await _recipients(connection, claimed)
            lost = [delivery.id for delivery in claimed if delivery.id not in found]
            if lost:  # since they were claimed, their plan or learner may have become one with another
                now = await connection.execute(select(deliveries).where(deliveries.c.id.in_(lost)))
                found |= await _recipients(connection, [rows.to_delivery(row) for row in now])
        return found

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """See `Outbox.settle`."""
        heard = [(o.delivery.learner_id, o.sent_on.toordinal()) for o in outcomes if o.sent_on is not None]
        async with self._database.begin(Lane.BULK) as connection:
            # Learners before deliveries, as everywhere: two who lock in different orders wait for each other for ever.
            if heard:
                await connection.exec_driver_sql(spoken(connection, _HEARD), sorted(heard))
            await connection.exec_driver_sql(spoken(connection, _SETTLE), [_settled(outcome) for outcome in outcomes])
            crashpoints.reach("settle.written")
        crashpoints.reach("settle.committed")


async def _recipients(connection: Connection, claimed: Sequence[Delivery]) -> dict[int, Recipient]:
    people = sorted({delivery.learner_id for delivery in claimed})
    plans = sorted({delivery.enrollment_id for delivery in claimed})
    found = await connection.execute(select(learners).where(learners.c.id.in_(people)))
    who = {row.id: rows.to_learner(row) for row in found}
    on = await load_enrollments(connection, select(enrollments).where(enrollments.c.id.in_(plans)))
    accounts = await load_identities(connection, people)
    by_id = {plan.id: plan for plan in on}
    return {
        d.id: Recipient(who[d.learner_id], by_id[d.enrollment_id], accounts.get(d.learner_id, ()))
        for d in claimed
        if d.learner_id in who and d.enrollment_id in by_id
    }


def _settled(outcome: Outcome) -> tuple[Any, ...]:
    delivery, arrived = outcome.delivery, int(outcome.state is DeliveryState.SENT)
    again = millis(outcome.not_before or delivery.not_before)
    lease = millis(delivery.lease_until) if delivery.lease_until else None
    tries = delivery.attempts + outcome.attempted
    return delivery.id, outcome.state.value, outcome.error, tries, again, arrived, lease


def _delivery(row: Any, lease_until: datetime) -> Delivery:
    number, plan, learner, kind, on, due, not_before, expires, attempts, missed, minute, error = row
    return Delivery(
        number, plan, learner, DeliveryKind(kind), day(on), instant(due), instant(not_before), instant(expires),
        DeliveryState.CLAIMED, attempts, missed, minute, error, lease_until,
    )  # fmt: skip
