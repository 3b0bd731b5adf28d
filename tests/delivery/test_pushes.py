"""Planning and sending side by side."""

from __future__ import annotations

from pathlib import Path

from bot.app import assembled
from bot.clock import ManualClock
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
    assert platform.unplanned[0] >= LEARNERS - outbox.chunk * 4 > 0
    assert platform.unplanned[-1] == 0
    assert len(platform.unplanned) == LEARNERS
    await database.dispose()
