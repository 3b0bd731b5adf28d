"""Fills a database with learners whose push is due, quickly."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.storage.connection import Database
from bot.storage.gate import Lane
from bot.storage.sql import spoken

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ROADMAP = "ml-engineer-40"
WEEKS = 40
AT_ONCE = 20_000
"""Rows a call: one with a million of them would last longer than a call may."""
LEARNERS = """
INSERT INTO learners (id, name, created_at, zone, weekday, push_time, quiet_start, quiet_end, locale)
VALUES ($1, $2, $3, $4, 0, 540, 1320, 420, 'en')
"""
IDENTITIES = "INSERT INTO identities (platform, external_id, learner_id, chat_id) VALUES ('test', $1, $2, $1)"
ENROLLMENTS = """
INSERT INTO enrollments (id, learner_id, roadmap_id, started_on, hours, anchor_week, anchor_on, state, next_push_on,
                         next_push_at, over_on)
VALUES ($1, $1, 'ml-engineer-40', $2, 10, 1, $2, 'active', $2, $3, $4)
"""


async def fill(database: Database, count: int, at: datetime = NOW, zones: tuple[str, ...] = ("UTC",)) -> None:
    """Learners 1 to `count`, each on a roadmap whose next push is due at an instant."""
    millis, today = int(at.timestamp() * 1000), at.date().toordinal()
    everyone = range(1, count + 1)
    async with database.begin(Lane.BULK) as connection:
        for sql, rows in (
            (LEARNERS, [(n, f"L{n}", millis, zones[n % len(zones)]) for n in everyone]),
            (IDENTITIES, [(str(n), n) for n in everyone]),
            (ENROLLMENTS, [(n, today, millis, today + 7 * WEEKS) for n in everyone]),
        ):
            for first in range(0, count, AT_ONCE):
                await connection.exec_driver_sql(spoken(connection, sql), rows[first : first + AT_ONCE])
        if database.name == "postgresql":
            for table in ("learners", "enrollments"):
                await connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', {count})")
