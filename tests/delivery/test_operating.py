"""What an operator can see and do: dead letters, backups, the seat, the web port."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.delivery.dispatcher import LEASE
from bot.domain.delivery import DeliveryState, Outcome
from bot.domain.group import StudyGroup
from bot.domain.learner import Identity, Preferences
from bot.domain.planning import planned
from bot.domain.posting import PostingOutcome, notice
from bot.storage.backup import backup, forgo_past, restore
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.letters import Letters, PostingLetters, standing
from bot.storage.migrate import head, upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.postings import SqlPostings
from bot.storage.seat import seat
from bot.storage.sql import spoken
from bot.storage.store import SqlStore
from tests.delivery.conftest import LEARNERS, ROOT, Databases
from tests.delivery.people import NOW, fill
from tests.postgres import free_port, fresh_database

pytestmark = pytest.mark.long


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
    outbox = SqlOutbox(database)
    later = NOW + timedelta(minutes=3)
    before = await standing(database, later)
    assert (before.unplanned, before.due, before.lag) == (LEARNERS, 0, timedelta(minutes=3))
    await outbox.plan(NOW, 2, planned)
    await outbox.claim(NOW, 1, LEASE)
    after = await standing(database, later)
    assert (after.unplanned, after.due, after.held) == (LEARNERS - 2, 1, 1)
    await database.dispose()


async def group_posts(database: Database, count: int) -> None:
    """Posts to a group's chat that wait since NOW."""
    async with SqlStore(database).work() as work:
        owner = await work.add_learner("Ada", Identity("test", "ada"), Preferences(), NOW)
        group = await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4R", NOW), owner.id)
        for number in range(count):
            await work.groups.post(notice(group.id, owner.id, "group_heir", f"word-{number}", NOW))


async def test_what_groups_were_owed_is_counted_read_retried_and_dropped_like_pushes(databases: Databases) -> None:
    database = open_database(database_url(await databases.copy()))
    await group_posts(database, 3)
    later = NOW + timedelta(minutes=3)
    before = await standing(database, later)
    assert (before.due, before.unplanned, before.lag) == (3, LEARNERS, timedelta(minutes=3))
    postings, letters = SqlPostings(database), PostingLetters(database)
    claimed = await postings.claim(NOW, 2, LEASE)
    await postings.settle([PostingOutcome(posting, DeliveryState.DEAD, "403 kicked") for posting in claimed])
    after = await standing(database, later)
    assert (after.due, after.dead, after.held) == (1, 2, 0)
    dead = await letters.listed(DeliveryState.DEAD)
    assert [(letter.key, letter.last_error, letter.attempts) for letter in dead] == [
        ("word-0", "403 kicked", 1), ("word-1", "403 kicked", 1),
    ]  # fmt: skip
    assert await letters.retry([dead[0].id], later) == 1
    assert await letters.drop([]) == 1
    assert [posting.key for posting in await postings.claim(later, 10, LEASE)] == ["word-2", "word-0"]
    assert await Letters(database).listed(DeliveryState.DEAD) == []
    await database.dispose()


async def test_an_error_of_the_database_does_not_tell_what_somebody_wrote(databases: Databases) -> None:
    database = open_database(database_url(await databases.copy()))
    for take in (database.begin, database.connect):
        with pytest.raises(DBAPIError) as caught:
            async with take() as connection:
                await connection.exec_driver_sql(spoken(connection, "SELECT $1 FROM nowhere"), ("dear diary",))
        assert "nowhere" in str(caught.value)
        assert "diary" not in str(caught.value)
    await database.dispose()


def outbox(url: str, *words: str) -> tuple[int, str]:
    """`milepost outbox`: its exit code and all that it says."""
    return milepost(url, "outbox", *words)


def milepost(url: str, *words: str) -> tuple[int, str]:
    """The program in a process of its own: its exit code and all that it says."""
    command = [sys.executable, "-m", "bot", *words]
    env = {**os.environ, "MILEPOST_DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


async def test_the_command_line_names_a_groups_post_so_that_no_push_is_meant(databases: Databases) -> None:
    url = await databases.copy()
    database = open_database(database_url(url))
    await group_posts(database, 1)
    pushes, postings = SqlOutbox(database), SqlPostings(database)
    await pushes.plan(NOW, 1, planned)
    await pushes.settle([Outcome(d, DeliveryState.DEAD, "400 bad") for d in await pushes.claim(NOW, 9, LEASE)])
    await postings.settle(
        [PostingOutcome(p, DeliveryState.DEAD, "403 kicked") for p in await postings.claim(NOW, 9, LEASE)]
    )
    await database.dispose()
    listed = json.loads((await asyncio.to_thread(outbox, url, "list", "--json"))[1])
    assert [(letter["last_error"], letter["number"][0] == "p") for letter in listed] == [
        ("400 bad", False), ("403 kicked", True),
    ]  # fmt: skip
    number = listed[1]["number"]
    assert (await asyncio.to_thread(outbox, url, "retry", number))[1] == "1 will be sent again.\n"
    assert (await asyncio.to_thread(outbox, url, "list"))[1].endswith("400 bad\n1 dead.\n")
    assert (await asyncio.to_thread(outbox, url, "drop", "--all"))[1] == "1 dropped.\n"
    code, said = await asyncio.to_thread(outbox, url, "drop", "q9")
    assert (code, "such as 12 or p12" in said) == (2, True)
    for verb in ("retry", "drop"):
        said = "milepost: Nothing that was given up has the number 999 or p999. Run: milepost outbox list\n"
        assert await asyncio.to_thread(outbox, url, verb, "999", "p999") == (1, said)
    assert await asyncio.to_thread(outbox, url, "retry", "--all") == (0, "0 will be sent again.\n")


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


async def test_what_another_tool_restored_sends_nothing_from_the_past_after_forgo(databases: Databases) -> None:
    url = await databases.copy()
    database = open_database(database_url(url))
    async with database.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM learners")
    await fill(database, LEARNERS, at=NOW - timedelta(days=300))
    await database.dispose()
    done = await asyncio.to_thread(milepost, url, "db", "forgo")
    assert done == (0, f"{LEARNERS} pushes from before now will not be sent.\n")
    assert (await asyncio.to_thread(milepost, url, "db", "forgo"))[1].startswith("0 pushes")


def test_a_backup_of_a_newer_milepost_is_refused_and_what_was_there_stays(tmp_path: Path) -> None:
    url, backup_file = f"sqlite:///{tmp_path / 'here.db'}", tmp_path / "newer"
    assert milepost(url, "db", "upgrade")[0] == 0
    assert milepost(url, "db", "backup", str(backup_file))[0] == 0
    with sqlite3.connect(backup_file) as newer:
        newer.execute("UPDATE alembic_version SET version_num = 'from-tomorrow'")
    newer.close()
    code, said = milepost(url, "db", "restore", str(backup_file))
    assert (code, "Install the newer Milepost" in said) == (1, True)
    assert milepost(url, "db", "check")[0] == 0


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


async def test_a_backup_takes_the_place_of_a_damaged_database_which_is_put_aside(tmp_path: Path) -> None:
    file, kept = tmp_path / "here.db", tmp_path / "kept"
    url = f"sqlite:///{file}"
    for words in (("db", "upgrade"), ("db", "backup", str(kept))):
        assert (await asyncio.to_thread(milepost, url, *words))[0] == 0
    file.write_bytes(b"no database" * 500)
    assert (await asyncio.to_thread(milepost, url, "db", "check"))[0] == 1
    assert (await asyncio.to_thread(milepost, url, "db", "restore", str(kept)))[0] == 0
    assert (await asyncio.to_thread(milepost, url, "db", "check"))[0] == 0
    assert (tmp_path / "here.db.damaged").read_bytes().startswith(b"no database")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_backup_from_before_there_were_as_many_tables_can_be_restored(
    kind: str, tmp_path: Path, postgres_server: str
) -> None:
    async with AsyncExitStack() as stack:
        fresh = f"sqlite:///{tmp_path / 'here.db'}"
        if kind == "postgresql":
            fresh = await stack.enter_async_context(fresh_database(postgres_server))
        url = database_url(fresh)
        for revision in ("0006", ""):
            database = open_database(url)
            await upgrade(database, revision)
            await database.dispose()
            if revision:
                await asyncio.to_thread(backup, url, tmp_path / "old")
        await asyncio.to_thread(restore, url, tmp_path / "old")
        database = open_database(url)
        assert await upgrade(database) == ("0006", head())
        await database.dispose()
