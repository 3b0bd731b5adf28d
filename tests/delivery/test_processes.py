"""Several processes on one database, processes that freeze or are stopped, servers and disks that fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text as _sql

from bot.delivery.dispatcher import BATCH
from bot.domain.change import Change, EnrollmentChange
from bot.domain.planning import planned
from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore
from tests.delivery.conftest import LEARNERS, Databases, Nursery
from tests.delivery.people import NOW, fill
from tests.delivery.sink import sink
from tests.postgres import Cluster, running_cluster

pytestmark = pytest.mark.long

MANY = 3 * BATCH + 7


@pytest.mark.parametrize("processes", [2, 4])
async def test_several_processes_on_one_database_send_each_push_once(
    nursery: Nursery, databases: Databases, processes: int
) -> None:
    async with sink(nonce=False) as platform:
        job = {"do": "push", "url": await databases.copy(MANY), "port": platform.port, "at": NOW.isoformat()}
        assert await nursery.run(*[job] * processes) == [0] * processes
        assert len(platform.shown) == MANY
        assert platform.repeats == 0


@pytest.mark.parametrize("nonce", [True, False], ids=["nonce", "no-nonce"])
async def test_a_process_frozen_beyond_its_lease_sends_nothing_that_another_has_taken_over(
    nursery: Nursery, databases: Databases, nonce: bool
) -> None:
    async with sink(nonce, delay=0.4) as platform:
        job = {"do": "push_on", "url": await databases.copy(), "port": platform.port, "at": NOW.isoformat()}
        job |= {"epoch": time.time()}
        assert await nursery.run({**job, "freeze": [0.7, 4.0]}, {**job, "delay": 2.8}) == [0, 0]
        assert len(platform.shown) == LEARNERS
        assert platform.repeats <= (0 if nonce else 1)


async def test_a_process_that_is_asked_to_stop_finishes_its_message_and_gives_back_the_rest(
    nursery: Nursery, databases: Databases
) -> None:
    async with sink(nonce=False, delay=0.02) as platform:
        job = {"do": "serve", "url": await databases.copy(MANY), "port": platform.port, "at": NOW.isoformat()}
        began = time.monotonic()
        assert await nursery.run({**job, "stop_after": 2.0}) == [0]
        assert time.monotonic() - began < 5
        assert 0 < len(platform.shown) < MANY
        platform.delay = 0
        assert await nursery.run({**job, "do": "push"}) == [0]  # the same instant: nothing waits for a lease to end
        assert len(platform.shown) == MANY
        assert platform.repeats == 0


async def test_a_message_and_the_planning_of_the_same_learner_do_not_wait_for_each_other_for_ever(
    databases: Databases,
) -> None:
    database = open_database(database_url(await databases.copy()))
    store, outbox = SqlStore(database), SqlOutbox(database)
    async with store.work() as work:
        learner = await work.learner_of("test", "1")
        assert learner is not None
        planning = asyncio.create_task(outbox.plan(NOW, 10, planned))
        await asyncio.sleep(0.2)  # it has the enrollments by now, where rows have locks of their own
        plan = await work.current_enrollment(learner.id)
        assert plan is not None
        done = replace(plan, completions={"t": NOW})
        await work.apply(Change("done", enrollments=(EnrollmentChange(plan, done),)), NOW)
    assert await planning == LEARNERS
    await database.dispose()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this test's own."""
    with running_cluster() as it:
        yield it


async def test_a_postgresql_that_dies_in_the_middle_of_a_push_costs_nothing(nursery: Nursery, cluster: Cluster) -> None:
    database = open_database(database_url(cluster.url))
    await upgrade(database)
    await fill(database, MANY)
    await database.dispose()
    async with sink(nonce=True, delay=0.005) as platform:
        job = {
            "do": "push_on",
            "url": cluster.url,
            "port": platform.port,
            "at": NOW.isoformat(),
            "epoch": time.time(),
        }
        running = asyncio.create_task(nursery.run(job))
        await platform.reached(BATCH + 5)
        await asyncio.to_thread(cluster.stop, "immediate")
        await asyncio.to_thread(cluster.start)
        assert await running == [0]
        assert len(platform.shown) == MANY
        assert platform.repeats == 0


async def test_a_full_disk_leaves_no_half_plan_and_planning_goes_on_when_there_is_room(tmp_path: Path) -> None:
    database = open_database(database_url(f"sqlite:///{tmp_path / 'full.db'}"))
    try:
        await upgrade(database)
        await fill(database, 2000)
        outbox = SqlOutbox(database)
        async with database.begin() as connection:
            pages = await connection.scalar(_sql("PRAGMA page_count"))
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(Exception, match="full"):
            while await outbox.plan(NOW, 200, planned):
                pass
        async with database.connect() as connection:
            done = await connection.scalar(_sql("SELECT count(*) FROM deliveries"))
            left = await connection.scalar(_sql("SELECT count(*) FROM enrollments WHERE next_push_at = "
                                                f"{int(NOW.timestamp() * 1000)}"))  # fmt: skip
        assert done + left == 2000
        assert left
        async with database.begin() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        while await outbox.plan(NOW, 200, planned):
            pass
        async with database.connect() as connection:
            assert await connection.scalar(_sql("SELECT count(*) FROM deliveries")) == 2000
    finally:
        await database.dispose()
