"""Planning in sets: plain numbers in, plain numbers out, decided once for all who share zone, hour and dates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.delivery import PRIORITY
from bot.domain.learner import Preferences, QuietHours
from bot.domain.planning import Due, Planned
from bot.storage.connection import Connection
from bot.storage.sql import instant, millis, minutes, spoken

log = logging.getLogger(__name__)
PUT_OFF = timedelta(hours=1)

_DUE = """
SELECT e.id, e.learner_id, e.next_push_on, e.over_on, l.zone, l.weekday, l.push_time, l.quiet_start, l.quiet_end
FROM enrollments AS e JOIN learners AS l ON l.id = e.learner_id
WHERE e.next_push_at <= $1 ORDER BY e.next_push_at LIMIT $2 /* FOR UPDATE OF e SKIP LOCKED */
"""
_OWE = """
INSERT INTO deliveries (enrollment_id, learner_id, kind, local_date, minute, due_at, not_before, expires_at, state,
                        missed, priority)
VALUES ($1, $2, $3, $4, 0, $5, $6, $7, 0, $8, $9) ON CONFLICT DO NOTHING
"""
_OWE_MANY = """
INSERT INTO deliveries (enrollment_id, learner_id, kind, local_date, minute, due_at, not_before, expires_at, state,
                        missed, priority)
SELECT e, l, k, d, 0, u, n, x, 0, m, p
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[],
            $8::smallint[], $9::smallint[]) AS owed (e, l, k, d, u, n, x, m, p)
ON CONFLICT DO NOTHING
"""
_NEXT = """
UPDATE enrollments SET next_push_on = $2, next_push_at = $3, state = 'active', paused_until = NULL WHERE id = $1
"""
_NEXT_MANY = """
UPDATE enrollments SET next_push_on = d, next_push_at = at, state = 'active', paused_until = NULL
FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS following (e, d, at) WHERE id = e
"""

Decide = Callable[[Due, datetime], Planned]
Values = tuple[Any, ...]


async def due(connection: Connection, now: datetime, limit: int) -> Sequence[Values]:
    """Enrollments that are due, with what decides about them. Those another process plans are left to it."""
    return (await connection.exec_driver_sql(spoken(connection, _DUE), (millis(now), limit))).all()


async def write(connection: Connection, found: Sequence[Values], now: datetime, decide: Decide) -> None:
    """Write what is owed and when each is due next."""
    decided: dict[Values, tuple[Values, Values]] = {}
    owed, following = [], []
    for enrollment_id, learner_id, *rest in found:
        key = tuple(rest)
        if key not in decided:
            decided[key] = _decided_or_put_off(key, now, decide)
        delivery, after = decided[key]
        if delivery:
            owed.append((enrollment_id, learner_id, *delivery))
        following.append((enrollment_id, *after))
    many = connection.dialect.name == "postgresql"
    for one, all_, values in ((_OWE, _OWE_MANY, owed), (_NEXT, _NEXT_MANY, following)):
        if not values:
            continue
        if many:
            await connection.exec_driver_sql(all_, tuple(list(column) for column in zip(*values, strict=True)))
        else:
            await connection.exec_driver_sql(spoken(connection, one), values)


def _decided_or_put_off(key: Values, now: datetime, decide: Decide) -> tuple[Values, Values]:
    """What is decided, or nothing and another look in an hour: a plan nobody can work out must not hold up the rest."""
    try:
        return _decided(key, now, decide)
    except Exception:
        log.exception("a plan cannot be planned; looking again in an hour")
        return (), (key[0], millis(now + PUT_OFF))


def _decided(key: Values, now: datetime, decide: Decide) -> tuple[Values, Values]:
    """The columns of the delivery and of what follows, for everybody whose plan and preferences are these."""
    on, over_on, zone, weekday, push_time, quiet_start, quiet_end = key
    quiet = QuietHours(minutes(quiet_start), minutes(quiet_end))
    preferences = Preferences(zone, weekday, minutes(push_time), quiet)
    item = decide(Due(0, 0, date.fromordinal(on), date.fromordinal(over_on), preferences), now)
    d = item.delivery
    delivery = (
        d.kind.value, d.local_date.toordinal(), millis(d.due_at), millis(d.not_before), millis(d.expires_at), d.missed,
        PRIORITY[d.kind],
    )  # fmt: skip
    return delivery, (item.next_on and item.next_on.toordinal(), item.next_at and millis(item.next_at))


def next_instants(values: Sequence[int | None]) -> datetime | None:
    """The earliest of several instants, of which some may be missing."""
    there = [value for value in values if value is not None]
    return instant(min(there)) if there else None
