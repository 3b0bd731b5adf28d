"""A simulated year: learners in every zone, restarts at random, each due push exactly once at its local time.

What is due is worked out here a second time, minute by minute and without the product's clock arithmetic, and what went
out is read: to whom, and the plan of which week it is. The small version runs with the tests; `make soak` sets
`MILEPOST_SOAK_LEARNERS=10000`.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.app import Content, assembled, read_content
from bot.clock import ManualClock
from bot.delivery.dispatcher import LEASE
from bot.delivery.pushes import Pushes
from bot.domain.catalog import Catalog
from bot.domain.planning import planned
from bot.domain.roadmap import Roadmap
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push
from bot.settings import Settings
from bot.storage.database import database_url, open_database
from bot.storage.gate import Lane
from bot.storage.inbox import SqlInbox
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore

pytestmark = pytest.mark.long

LEARNERS = int(os.environ.get("MILEPOST_SOAK_LEARNERS", "60"))
FIRST, WEEKS = date(2026, 1, 5), 52
TRICKY = ("Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe", "Antarctica/Troll")
"""Clocks that skip midnight, move by half an hour, or by two."""
DEATHS_IN_A_ROW = 8


@dataclass
class Someone:
    number: int
    zone: str
    minute: int
    weekday: int
    due: list[datetime] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

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


def year_long(base: Roadmap) -> Roadmap:
    """A roadmap of 52 weeks out of a shorter one's."""
    weeks = [replace(base.weeks[n % len(base.weeks)], first=n + 1, last=n + 1) for n in range(WEEKS)]
    return replace(base, id="r", phases=(replace(base.phases[0], weeks=tuple(weeks)),))


@dataclass
class Doorstep:
    """A platform that brings each push to whom it is addressed, and looks at the clock."""

    people: dict[int, Someone]
    clock: ManualClock
    platform: str = "test"
    parallel: int = 50

    async def send(self, push: Push) -> None:
        someone = self.people[int(push.to.external_id)]
        assert push.to.chat_id == f"c{someone.number}"
        someone.due.append(push.delivery.due_at)
        someone.heads.append(push.message.text.partition("\n")[0])
        late = self.clock.now() - push.delivery.due_at
        assert timedelta(0) <= late <= DEATHS_IN_A_ROW * LEASE

    async def post(self, post: ChatPost) -> None:
        raise AssertionError("there are no groups")


@asynccontextmanager
async def running(file: Path, content: Content, doorstep: Doorstep) -> AsyncIterator[Pushes]:
    """One life of a process."""
    database = open_database(database_url(f"sqlite:///{file}"))
    stores = SqlStore(database), SqlOutbox(database), SqlInbox(database)
    yield assembled(Settings(), doorstep.clock, *stores, content=content).pushes(doorstep)
    await database.dispose()


def seed_rows(people: list[Someone], hours: float) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    created = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
    yield (
        "INSERT INTO learners (id, name, created_at, zone, weekday, push_time, quiet_start, quiet_end, locale)"
        " VALUES (?, 'L', ?, ?, ?, ?, 0, 0, 'en')",
        [(p.number, created, p.zone, p.weekday, p.minute) for p in people],
    )
    yield (
        "INSERT INTO identities (platform, external_id, learner_id, chat_id, reachable) VALUES ('test', ?, ?, ?, 1)",
        [(str(p.number), p.number, f"c{p.number}") for p in people],
    )
    rows: list[tuple[object, ...]] = []
    for p in people:
        on, due = p.first.toordinal(), expected(ZoneInfo(p.zone), p.first, p.minute)
        rows.append((p.number, p.number, on, hours, on, on, int(due.timestamp() * 1000), on + 7 * WEEKS))
    yield (
        "INSERT INTO enrollments (id, learner_id, roadmap_id, started_on, hours, anchor_week, anchor_on, state,"
        " next_push_on, next_push_at, over_on) VALUES (?, ?, 'r', ?, ?, 1, ?, 'active', ?, ?, ?)",
        rows,
    )


async def seeded(file: Path, people: list[Someone], hours: float) -> None:
    """A database of learners whose first push lies ahead."""
    database = open_database(database_url(f"sqlite:///{file}"))
    await upgrade(database)
    async with database.begin(Lane.BULK) as connection:
        for sql, rows in seed_rows(people, hours):
            await connection.exec_driver_sql(sql, rows)
    await database.dispose()


async def live(pushes: Pushes, clock: ManualClock, dice: random.Random) -> int:
    """Live until there is no more to do, or until death comes in the middle of a batch. How many batches there were."""
    ticks = 0
    while (due := await pushes.next_due()) is not None:
        clock.move(max(due, clock.now()))
        ticks += 1
        if dice.random() < 0.02:  # it dies here: what was claimed waits for its lease to end
            await pushes.outbox.plan(clock.now(), pushes.outbox.chunk, planned)
            await pushes.outbox.claim(clock.now(), 50, LEASE)
            return ticks
        await pushes.tick()
    return ticks


@pytest.mark.timeout(7200 if LEARNERS > 1000 else 120)
async def test_a_year_in_every_zone_sends_each_push_once_at_its_local_time(tmp_path: Path) -> None:
    dice = random.Random(20260105)
    people = {p.number: p for p in everybody(dice)}
    content = read_content(Settings())
    roadmap = year_long(content.catalog.roadmap("full-stack-ml-36"))
    await seeded(tmp_path / "year.db", list(people.values()), roadmap.hours_typical)
    content = replace(content, catalog=Catalog({"r": roadmap}))
    doorstep = Doorstep(people, ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))
    ticks, lives, alive = 0, 0, True
    while alive:
        async with running(tmp_path / "year.db", content, doorstep) as pushes:
            ticks += await live(pushes, doorstep.clock, dice)
            alive, lives = await pushes.next_due() is not None, lives + 1
    assert ticks > WEEKS
    assert lives > WEEKS / 10
    wrong = defaultdict(list)
    for someone in people.values():
        zone = ZoneInfo(someone.zone)
        days = [someone.first + timedelta(weeks=week) for week in range(WEEKS + 1)]
        heads = [f"**Week {week + 1} of {WEEKS} · {roadmap.weeks[week].title}**" for week in range(WEEKS)]
        if someone.due != [expected(zone, day, someone.minute) for day in days] or someone.heads[:-1] != heads:
            wrong[someone.zone].append(someone.number)
    assert not wrong
