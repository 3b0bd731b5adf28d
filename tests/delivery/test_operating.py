"""What an operator can see and do: dead letters, backups, the seat, the web port."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.delivery.dispatcher import LEASE
from bot.domain.delivery import DeliveryState, Outcome
from bot.domain.planning import planned
from bot.storage.backup import backup, forgo_past, restore
from bot.storage.database import database_url, open_database
from bot.storage.letters import Letters
from bot.storage.outbox import SqlOutbox
from bot.storage.seat import seat
from tests.delivery.conftest import LEARNERS, ROOT, Databases
from tests.delivery.people import NOW
from tests.postgres import free_port


async def test_dead_letters_are_read_retried_and_dropped(databases: Databases) -> None:
    database = open_database(database_url(await databases.copy()))
    outbox, letters = SqlOutbox(database), Letters(database)
    await outbox.plan(NOW, 10, planned)
    claimed = await outbox.claim(NOW, 10, LEASE)
    await outbox.settle([Outcome(delivery, DeliveryState.DEAD, "400 bad") for delivery in claimed])
    dead = await letters.listed(DeliveryState.DEAD)
    assert [(letter.last_error, letter.attempts) for letter in dead] == [("400 bad", 1)] * LEARNERS
    assert await letters.retry([dead[0].id], NOW) == 1
    assert [delivery.id for delivery in await outbox.claim(NOW, 10, LEASE)] == [dead[0].id]
    assert await letters.drop([]) == LEARNERS - 1
    assert await letters.listed(DeliveryState.DEAD) == []
    await database.dispose()


async def test_the_standing_tells_what_is_due_and_for_how_long(databases: Databases) -> None:
    database = open_database(database_url(await databases.copy()))
    outbox, letters = SqlOutbox(database), Letters(database)
    later = NOW + timedelta(minutes=3)
    before = await letters.standing(later)
    assert (before.unplanned, before.due, before.lag) == (LEARNERS, 0, timedelta(minutes=3))
    await outbox.plan(NOW, 2, planned)
    await outbox.claim(NOW, 1, LEASE)
    after = await letters.standing(later)
    assert (after.unplanned, after.due, after.held) == (LEARNERS - 2, 1, 1)
    await database.dispose()


async def test_a_restored_backup_does_not_send_the_past_again(databases: Databases, tmp_path: Path) -> None:
    url = database_url(await databases.copy())
    database = open_database(url)
    outbox = SqlOutbox(database)
    await outbox.plan(NOW, 2, planned)  # half is planned and waits, half is not planned yet
    await asyncio.to_thread(backup, url, tmp_path / "old")
    while await outbox.plan(NOW, 10, planned):
        pass
    await outbox.settle([Outcome(d, DeliveryState.SENT) for d in await outbox.claim(NOW, 10, LEASE)])
    await database.dispose()
    await asyncio.to_thread(restore, url, tmp_path / "old")
    database = open_database(url)
    outbox, three_days_later = SqlOutbox(database), NOW + timedelta(days=3)
    assert await forgo_past(database, three_days_later) == LEARNERS
    assert await outbox.plan(three_days_later, 10, planned) == 0
    assert await outbox.claim(three_days_later, 10, LEASE) == []
    assert await outbox.next_due() == NOW + timedelta(days=7)
    await database.dispose()


async def test_one_process_has_the_seat_and_the_next_gets_it_when_it_leaves(databases: Databases) -> None:
    url = database_url(await databases.copy())
    one, two, other_bot = seat(url, "chat-a"), seat(url, "chat-a"), seat(url, "chat-b")
    assert await one.taken()
    assert not await two.taken()
    assert await other_bot.taken()
    assert await one.kept()
    await one.leave()
    assert await two.taken()
    for place in (two, other_bot):
        await place.leave()


@contextmanager
def service(url: str, roles: str = "web,chat,deliver,plan") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`milepost serve` in a process of its own, and where its web port answers."""
    port = free_port()
    env = {**os.environ, "MILEPOST_DATABASE_URL": url, "MILEPOST_WEB_PORT": str(port)}
    command = [sys.executable, "-m", "bot", "serve", "--roles", roles]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


async def metric(web: str, name: str) -> float:
    """A metric's value, as soon as the process answers."""
    for _ in range(200):
        try:
            answer = await asyncio.to_thread(urllib.request.urlopen, f"{web}/metrics")
            said = answer.read().decode()
            return next(float(line.split()[1]) for line in said.splitlines() if line.startswith(f"{name} "))
        except urllib.error.URLError:
            await asyncio.sleep(0.1)
    raise TimeoutError(web)


async def has(web: str, name: str, value: float) -> bool:
    for _ in range(100):
        if await metric(web, name) == value:
            return True
        await asyncio.sleep(0.1)
    return False


async def test_a_standby_takes_over_when_the_leader_is_killed_and_stops_when_asked(databases: Databases) -> None:
    url = await databases.copy()
    with service(url) as (leader, first):
        assert await has(first, "milepost_leader", 1)
        with service(url) as (standby, second):
            assert await metric(second, "milepost_leader") == 0
            assert (await asyncio.to_thread(urllib.request.urlopen, f"{second}/readyz")).status == 200
            leader.send_signal(signal.SIGKILL)
            assert await has(second, "milepost_leader", 1)
            standby.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(standby.wait, 10) == 0
