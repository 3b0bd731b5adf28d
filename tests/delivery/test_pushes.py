"""Planning and sending side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import App, assembled
from bot.clock import ManualClock
from bot.delivery.dispatcher import LEASE
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
        self.first: Callable[[], None] = lambda: None

    async def left(self) -> int:
        """How many are still to be planned."""
        async with self._database.connect() as connection:
            due = "SELECT count(*) FROM enrollments WHERE next_push_at <= $1".replace("$1", str(_millis()))
            return int((await connection.exec_driver_sql(due)).scalar_one())

    async def send(self, push: Push) -> None:
        if not self.unplanned:
            self.first()
        self.unplanned.append(await self.left())

    async def post(self, post: ChatPost) -> None:
        raise AssertionError("no group is owed anything")


def _millis() -> int:
    return int(NOW.timestamp() * 1000)


@asynccontextmanager
async def due(folder: Path) -> AsyncIterator[tuple[App, Database]]:
    """An app with learners whose push is due, and its database."""
    database = open_database(database_url(f"sqlite:///{folder / 'many.db'}"))
    await upgrade(database)
    await fill(database, LEARNERS)
    yield assembled(Settings(), ManualClock(NOW), SqlStore(database), SqlOutbox(database), SqlInbox(database)), database
    await database.dispose()


async def test_the_first_message_goes_before_all_are_planned_and_all_go_in_the_end(tmp_path: Path) -> None:
    async with due(tmp_path) as (app, database):
        platform = Counting(database)
        assert await app.pushes(platform).tick() == LEARNERS
        assert platform.unplanned[0] >= LEARNERS - app.outbox.chunk * 4 > 0
        assert platform.unplanned[-1] == 0
        assert len(platform.unplanned) == LEARNERS


async def test_a_tick_that_is_told_to_stop_plans_no_more(tmp_path: Path) -> None:
    async with due(tmp_path) as (app, database):
        platform = Counting(database)
        pushes = app.pushes(platform)
        platform.first = pushes.stop
        assert await pushes.tick() < LEARNERS
        assert await platform.left() > 0
        assert len(platform.unplanned) < LEARNERS


async def no_room(database: Database) -> None:
    """Let planning fail for all but the first few."""
    async with database.begin() as connection:
        await connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON deliveries WHEN NEW.learner_id > 120"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )


class Mended(Counting):
    """A platform during whose second batch there is room again."""

    async def send(self, push: Push) -> None:
        await super().send(push)
        if len(self.unplanned) == 60:
            async with self._database.begin() as connection:
                await connection.exec_driver_sql("DROP TRIGGER full")


async def test_planning_that_fails_is_tried_again_while_the_tick_sends_and_is_no_trouble_once_it_goes(
    tmp_path: Path,
) -> None:
    async with due(tmp_path) as (app, database):
        await no_room(database)
        platform = Mended(database)
        assert await app.pushes(platform).tick() == LEARNERS
        assert platform.unplanned[59] > platform.unplanned[-1] == 0


async def test_planning_that_fails_keeps_nobody_from_what_is_planned_already(tmp_path: Path) -> None:
    async with due(tmp_path) as (app, database):
        await no_room(database)
        platform = Counting(database)
        with pytest.raises(Exception, match="no room"):
            await app.pushes(platform).tick()
        async with database.connect() as connection:
            written = await connection.scalar(text("SELECT count(*) FROM deliveries"))
        assert len(platform.unplanned) == written > 0
        async with database.begin() as connection:
            await connection.exec_driver_sql("DROP TRIGGER full")
        await app.pushes(platform).tick()
        assert len(platform.unplanned) == LEARNERS


async def test_a_tick_cut_off_in_the_middle_leaves_nothing_behind_that_goes_on(tmp_path: Path) -> None:
    async with due(tmp_path) as (app, database):
        platform = Counting(database)
        begun = asyncio.Event()
        platform.first = begun.set
        ticking = asyncio.create_task(app.pushes(platform).tick())
        await begun.wait()
        ticking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ticking
        sent, planned_by_then = len(platform.unplanned), await platform.left()
        await asyncio.sleep(0.05)
        assert (len(platform.unplanned), await platform.left()) == (sent, planned_by_then)
        assert isinstance(app.clock, ManualClock)
        app.clock.move(NOW + LEASE)
        await app.pushes(platform).tick()
        assert LEARNERS <= len(platform.unplanned) <= LEARNERS + platform.parallel
