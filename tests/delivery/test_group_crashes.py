"""A group's digest through `kill -9` at every named place: once on each chat, by the rules of pushes."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from bot.delivery.dispatcher import LEASE
from bot.engine.crashpoints import POINTS
from bot.storage.database import database_url, open_database
from bot.storage.sql import millis, spoken
from tests.delivery.conftest import Databases, Nursery
from tests.delivery.people import NOW
from tests.delivery.sink import sink
from tests.delivery.test_crash_matrix import IN_DOUBT

pytestmark = pytest.mark.long

CHATS = 3
POSTING = [point for point in POINTS if not point.startswith(("work", "inbox"))]
GROUP = """
INSERT INTO study_groups (name, code, created_at, zone, digest_weekday, digest_time, digest_on, next_digest_on,
                          next_digest_at) VALUES ('Owls', 'K7M2PQ4X', 0, 'UTC', 0, 540, $1, $2, $3)
"""
OWNER = "INSERT INTO memberships (group_id, learner_id, role, sharing, joined_at) VALUES (1, 1, 'owner', 'percent', $1)"
BIND = "INSERT INTO group_chats (group_id, platform, chat_id, thread_id, name) VALUES (1, 'test', $1, '', '')"


async def with_a_group(databases: Databases) -> str:
    """A copy in which nobody's plan is due, and one group's digest is, on three chats."""
    url = await databases.copy()
    database = open_database(database_url(url))
    async with database.begin() as connection:
        await connection.exec_driver_sql("UPDATE enrollments SET next_push_at = NULL")
        await connection.exec_driver_sql(spoken(connection, GROUP), (True, NOW.date().toordinal(), millis(NOW)))
        await connection.exec_driver_sql(spoken(connection, OWNER), (millis(NOW),))
        await connection.exec_driver_sql(spoken(connection, BIND), [(f"chat-{n}",) for n in range(CHATS)])
    await database.dispose()
    return url


@pytest.mark.parametrize("nonce", [True, False], ids=["nonce", "no-nonce"])
async def test_a_digest_killed_anywhere_reaches_each_chat_and_none_twice(
    nursery: Nursery, databases: Databases, nonce: bool
) -> None:
    for point in POSTING if nonce else [p for p in POSTING if p in IN_DOUBT]:
        async with sink(nonce) as platform:
            job = {"do": "push", "url": await with_a_group(databases), "port": platform.port}
            assert await nursery.run({**job, "at": NOW.isoformat(), "crash_at": point}) == [-signal.SIGKILL], point
            assert await nursery.run({**job, "at": (NOW + LEASE + timedelta(seconds=1)).isoformat()}) == [0], point
            assert len(platform.shown) == CHATS, point
            assert platform.repeats <= (0 if nonce or point not in IN_DOUBT else 1), point


async def test_two_processes_post_a_digest_once_on_each_chat(nursery: Nursery, databases: Databases) -> None:
    async with sink(nonce=False, delay=0.02) as platform:
        job = {"do": "push", "url": await with_a_group(databases), "port": platform.port, "at": NOW.isoformat()}
        assert await nursery.run(job, job) == [0, 0]
        assert (len(platform.shown), platform.repeats) == (CHATS, 0)
