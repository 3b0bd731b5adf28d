"""A PostgreSQL that turns read-only, and another that takes its place."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.planning import planned
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from tests.delivery.conftest import LEARNERS
from tests.delivery.people import NOW, fill
from tests.delivery.test_operating import metric, service
from tests.postgres import Cluster, running_cluster

pytestmark = pytest.mark.long


@pytest.fixture
def primary() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def standby() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


async def demoted(cluster: Cluster, *, read_only: bool) -> None:
    """From now on a server takes no writes, as one does that lost its place; or does so again."""
    connection = await asyncpg.connect(cluster.url)
    await connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if read_only else 'off'}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute("SELECT pg_sleep(0.2)")  # every backend reads its settings before its next statement
    await connection.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = open_database(database_url(url))
    try:
        yield database
    finally:
        await database.dispose()


async def filled(cluster: Cluster) -> None:
    async with opened(cluster.url) as database:
        await upgrade(database)
        await fill(database, LEARNERS)


async def test_while_a_server_is_read_only_nothing_is_planned_and_afterwards_all_of_it(primary: Cluster) -> None:
    await filled(primary)
    async with opened(primary.url) as database:
        outbox = SqlOutbox(database)
        assert await outbox.next_due() == NOW
        await demoted(primary, read_only=True)
        for _ in range(3):
            with pytest.raises((DBAPIError, OSError, asyncpg.PostgresError)):
                await outbox.plan(NOW, 10, planned)
        await demoted(primary, read_only=False)
        assert await outbox.plan(NOW, 10, planned) == LEARNERS


async def test_when_another_server_takes_over_its_connections_take_the_place_of_the_old_ones(
    primary: Cluster, standby: Cluster
) -> None:
    await filled(primary)
    await filled(standby)
    await demoted(standby, read_only=True)
    both = f"postgresql://milepost@/postgres?host=127.0.0.1:{primary.port}&host=127.0.0.1:{standby.port}"
    async with opened(both) as database:
        outbox = SqlOutbox(database)
        assert await outbox.plan(NOW, 1, planned) == 1
        await demoted(primary, read_only=True)
        await demoted(standby, read_only=False)
        with pytest.raises(DBAPIError):
            await outbox.plan(NOW, 10, planned)  # the connection that was open still leads to the old one
        assert await outbox.plan(NOW, 10, planned) == LEARNERS
        async with database.begin() as connection:
            port = (await connection.exec_driver_sql("SELECT inet_server_port()")).scalar_one()
        assert port == standby.port


async def said(web: str, path: str) -> tuple[int, str]:
    """What the web port answers, also when it is no 200."""
    try:
        answer = await asyncio.to_thread(urllib.request.urlopen, f"{web}{path}", timeout=8)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    return answer.status, answer.read().decode()


async def test_without_its_database_a_process_says_so_and_still_tells_what_it_counted(primary: Cluster) -> None:
    async with opened(primary.url) as database:
        await upgrade(database)
    with service(primary.url, "web,plan") as (_, web):  # no seat to lose: it goes on without a database
        assert await metric(web, "milepost_database") == 1
        assert (await said(web, "/readyz"))[0] == 200
        await asyncio.to_thread(primary.stop, "immediate")
        assert (await said(web, "/healthz"))[0] == 200
        code, why = await said(web, "/readyz")
        assert (code, "the database does not answer" in why) == (503, True)
        code, figures = await said(web, "/metrics")
        assert (code, "milepost_database 0.0" in figures, "milepost_leader" in figures) == (200, True, True)
        await asyncio.to_thread(primary.start)
        assert (await said(web, "/readyz"))[0] == 200
        assert "milepost_lag_seconds" in (await said(web, "/metrics"))[1]
