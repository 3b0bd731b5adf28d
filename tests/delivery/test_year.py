"""A simulated year: learners in every zone, restarts at random, each due push exactly once at its local time.

What is due is worked out here a second time, minute by minute and without the product's clock arithmetic. The small
version runs with the tests; `make soak` sets `MILEPOST_SOAK_LEARNERS=10000`.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.delivery import DeliveryState, Outcome
from bot.domain.planning import planned
from bot.storage.database import database_url, open_database
from bot.storage.gate import Lane
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox

pytestmark = pytest.mark.long

LEARNERS = int(os.environ.get("MILEPOST_SOAK_LEARNERS", "60"))
FIRST, WEEKS = date(2026, 1, 5), 52
TRICKY = ("Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll")
"""Clocks that skip midnight, move by half an hour, or by two."""
LEASE = timedelta(minutes=2)


@dataclass
class Someone:
    number: int
    zone: str
    minute: int
    weekday: int
    sent: list[datetime] = field(default_factory=list)

    @property
    def first(self) -> date:
        return FIRST + timedelta(days=self.weekday)


def everybody(dice: random.Random) -> list[Someone]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    zones = [*TRICKY, *dice.sample(zones, len(zones))]
    minutes = [0, 1, 90, 120, 150, 540, 1260, 1439]
    return [Someone(n, zones[n % len(zones)], dice.choice(minutes), dice.randrange(7)) for n in range(1, LEARNERS + 1)]


def expected(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """By looking at the wall: the first instant (UTC, to the minute) at which it shows that date and time or later."""
    at = datetime.combine(day, datetime.min.time(), UTC) - timedelta(hours=16) + timedelta(minutes=minute)
    wanted = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    for step, back in ((timedelta(hours=1), timedelta(hours=4)), (timedelta(minutes=1), timedelta())):
        while at.astimezone(zone).replace(tzinfo=None) < wanted:
            at += step
        at -= back  # far enough for an hour that comes twice, which a step of an hour may have passed over
    return at


def seed_rows(people: list[Someone]) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    created = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
    yield (
        "INSERT INTO learners (id, name, created_at, zone, weekday, push_time, quiet_start, quiet_end, locale)"
        " VALUES (?, 'L', ?, ?, ?, ?, 0, 0, 'en')",
        [(p.number, created, p.zone, p.weekday, p.minute) for p in people],
    )
    rows: list[tuple[object, ...]] = []
    for p in people:
        on, due = p.first.toordinal(), expected(ZoneInfo(p.zone), p.first, p.minute)
        rows.append((p.number, p.number, on, on, on, int(due.timestamp() * 1000), on + 7 * WEEKS))
    yield (
        "INSERT INTO enrollments (id, learner_id, roadmap_id, started_on, hours, anchor_week, anchor_on, state,"
        " next_push_on, next_push_at, over_on) VALUES (?, ?, 'r', ?, 10, 1, ?, 'active', ?, ?, ?)",
        rows,
    )


@pytest.mark.timeout(3600 if LEARNERS > 1000 else 120)
async def test_a_year_in_every_zone_sends_each_push_once_at_its_local_time(tmp_path: Path) -> None:
    dice = random.Random(20260105)
    people = {p.number: p for p in everybody(dice)}
    url = database_url(f"sqlite:///{tmp_path / 'year.db'}")
    database = open_database(url)
    await upgrade(database)
    async with database.begin(Lane.BULK) as connection:
        for sql, rows in seed_rows(list(people.values())):
            await connection.exec_driver_sql(sql, rows)
    outbox = SqlOutbox(database)
    claims = 0
    while (due := await outbox.next_due()) is not None:
        while await outbox.plan(due, 200, planned) == 200:
            pass
        claimed = await outbox.claim(due, 50, LEASE)
        claims += 1
        if dice.random() < 0.02:  # it dies here: what was claimed waits for its lease to end
            await database.dispose()
            database = open_database(url)
            outbox = SqlOutbox(database)
            continue
        for delivery in claimed:
            people[delivery.learner_id].sent.append(delivery.due_at)
        if claimed:
            await outbox.settle([Outcome(delivery, DeliveryState.SENT) for delivery in claimed])
    await database.dispose()
    assert claims > WEEKS
    wrong = defaultdict(list)
    for someone in people.values():
        zone = ZoneInfo(someone.zone)
        days = [someone.first + timedelta(weeks=week) for week in range(WEEKS + 1)]
        if someone.sent != [expected(zone, day, someone.minute) for day in days]:
            wrong[someone.zone].append(someone.number)
    assert not wrong
