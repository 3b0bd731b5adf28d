"""Study groups: a board of a thousand, digests of ten thousand groups, five hundred who join at once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import date, timedelta

from bench.stage import ROUNDS, Result, below, database, median
from bot.app import content_folder
from bot.catalog.loader import load_catalog
from bot.domain.catalog import Catalog
from bot.domain.group import Membership, Role, StudyGroup
from bot.domain.posting import digest_planned
from bot.engine.boards import board
from bot.settings import Settings
from bot.storage.connection import Database
from bot.storage.gate import Lane
from bot.storage.postings import SqlPostings
from bot.storage.sql import millis, spoken
from bot.storage.store import SqlStore
from tests.delivery.people import NOW, ROADMAP

MEMBERS, TASKS, GROUPS, CHATS, STORM, CHUNK = 1000, 100, 10_000, 2, 500, 500
MEMBERSHIPS = """
INSERT INTO memberships (group_id, learner_id, role, sharing, joined_at) VALUES ($1, $2, 'member', 'percent', $3)
"""
COMPLETIONS = "INSERT INTO completions (enrollment_id, task_id, done_at) VALUES ($1, $2, $3)"
OWED = """
INSERT INTO study_groups (id, name, code, created_at, zone, digest_weekday, digest_time, digest_on, next_digest_on,
                          next_digest_at) VALUES ($1, 'Owls', $2, 0, $3, 0, 540, $4, $5, $6)
"""
BOUND = "INSERT INTO group_chats (group_id, platform, chat_id, thread_id, name) VALUES ($1, 'test', $2, '', '')"
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


async def founded(store: SqlStore) -> StudyGroup:
    async with store.work() as work:
        return await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4X", NOW), 1)


async def many(opened: Database, sql: str, rows: list[tuple[object, ...]]) -> None:
    async with opened.begin(Lane.BULK) as connection:
        await connection.exec_driver_sql(spoken(connection, sql), rows)


async def boards(kind: str, place: str, catalog: Catalog) -> Result:
    """One screen of the board of a thousand members, each with a hundred tasks done over two years."""
    tasks = [task.id for task in catalog.roadmap(ROADMAP).tasks()][:TASKS]
    async with database(kind, place, MEMBERS) as (opened, _):
        store = SqlStore(opened)
        group = await founded(store)
        await many(opened, MEMBERSHIPS, [(group.id, n, millis(NOW)) for n in range(2, MEMBERS + 1)])
        done = [(n, t, millis(NOW - timedelta(days=7 * i))) for n in range(1, MEMBERS + 1) for i, t in enumerate(tasks)]
        await many(opened, COMPLETIONS, list(done))
        took = []
        for page in range(1, 6 * ROUNDS):
            async with store.work() as work:
                began = time.perf_counter()
                found = await board(work, catalog, group, 1, page, NOW)
                took.append(1000 * (time.perf_counter() - began))
            assert found.members == MEMBERS
    return below(f"a board of {MEMBERS:,} members, {kind}, ms", median(took), 50, "ms")


async def digests(kind: str, place: str) -> Result:
    """Ten thousand groups with two chats each, all due at one instant."""
    async with database(kind, place, 1) as (opened, _):
        on = date(2026, 11, 30).toordinal()
        rows = [(n, f"{n:08}", ZONES[n % 4], True, on, millis(NOW)) for n in range(1, GROUPS + 1)]
        await many(opened, OWED, list(rows))
        await many(opened, BOUND, [(n, f"{n}-{c}") for n in range(1, GROUPS + 1) for c in range(CHATS)])
        postings, seen = SqlPostings(opened), 0
        began = time.perf_counter()
        while planned := await postings.plan(NOW, CHUNK, digest_planned):
            await postings.ownerless(planned, NOW)
            seen += len(planned)
        took = time.perf_counter() - began
        assert seen == GROUPS
    return below(f"digests of {GROUPS:,} groups planned, {kind}, s", took, 5, "s")


async def storm(kind: str, place: str) -> Result:
    """Five hundred who join one group, one after the other: seconds for all of them, of the minute they have."""
    async with database(kind, place, STORM + 1) as (opened, _):
        store = SqlStore(opened)
        group = await founded(store)
        began = time.perf_counter()
        for number in range(2, STORM + 2):
            async with store.work() as work:
                found = await work.groups.by_code(group.code)
                assert found is not None
                await work.groups.members(group.id)
                await work.groups.size(group.id)
                await work.groups.keep(Membership(group.id, number, Role.MEMBER, NOW))
        took = time.perf_counter() - began
    return below(f"{STORM} joins, {kind}, s", took, 60, "s")


async def measure(places: dict[str, str]) -> AsyncIterator[Result]:
    catalog = load_catalog(content_folder(Settings()))
    for kind, place in places.items():
        yield await boards(kind, place, catalog)
        yield await digests(kind, place)
        yield await storm(kind, place)
