"""Planning and sending side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.app import assembled
from bot.clock import ManualClock
from bot.domain.planning import planned
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push
from bot.settings import Settings
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.inbox import SqlInbox
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore
from tests.delivery.people import NOW, fill

LEARNERS = 450


class Counting:
    """A platform that notes how many were still to be planned when each message came."""

    platform, parallel = "test", 8

    def __init__(self, database: Database) -> None:
        self._database = database
        self.unplanned: list[int] = []

    async def send(self, push: Push) -> None:
        async with self._database.connect() as connection:
            due = "SELECT count(*) FROM enrollments WHERE next_push_at <= $1".replace("$1", str(_millis()))
            self.unplanned.append(int((await connection.exec_driver_sql(due)).scalar_one()))

    async def post(self, post: ChatPost) -> None:
        raise AssertionError("no group is owed anything")


def _millis() -> int:
    return int(NOW.timestamp() * 1000)


async def test_the_first_message_goes_before_all_are_planned_and_all_go_in_the_end(tmp_path: Path) -> None:
    database = open_database(database_url(f"sqlite:///{tmp_path / 'many.db'}"))
    await upgrade(database)
    await fill(database, LEARNERS)
    outbox = SqlOutbox(database)
    app = assembled(Settings(), ManualClock(NOW), SqlStore(database), outbox, SqlInbox(database))
    platform = Counting(database)
    assert await app.pushes(platform).tick() == LEARNERS
    assert platform.unplanned[0] > 0
    assert platform.unplanned[-1] == 0
    assert len(platform.unplanned) == LEARNERS
    await database.dispose()


async def test_a_planning_that_fails_keeps_nothing_back_that_was_planned_before(tmp_path: Path) -> None:
    database = open_database(database_url(f"sqlite:///{tmp_path / 'many.db'}"))
    await upgrade(database)
    await fill(database, LEARNERS)
    outbox = SqlOutbox(database)
    for _ in range(3):
        await outbox.plan(NOW, outbox.chunk, planned)
    async with database.begin() as connection:
        await connection.exec_driver_sql(
            "CREATE TRIGGER no_more BEFORE INSERT ON deliveries BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    app = assembled(Settings(), ManualClock(NOW), SqlStore(database), outbox, SqlInbox(database))
    platform = Counting(database)
    with pytest.raises(DBAPIError, match="the disk is full"):
        await app.pushes(platform).tick()
    assert len(platform.unplanned) == 3 * outbox.chunk
    await database.dispose()


async def test_a_zone_that_this_machine_does_not_know_keeps_nobody_from_being_planned(tmp_path: Path) -> None:
    database = open_database(database_url(f"sqlite:///{tmp_path / 'many.db'}"))
    await upgrade(database)
    await fill(database, 4)
    async with database.begin() as connection:
        await connection.exec_driver_sql("UPDATE learners SET zone = 'Mars/Olympus' WHERE id = 2")
    app = assembled(Settings(), ManualClock(NOW), SqlStore(database), SqlOutbox(database), SqlInbox(database))
    platform = Counting(database)
    assert await app.pushes(platform).tick() == 4
    assert len(platform.unplanned) == 4
    await database.dispose()
