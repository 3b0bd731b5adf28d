"""Postings over the tables, by the rules of deliveries: a claim is a lease, and only its holder may settle it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from bot.domain.delivery import PLANNED, PRIORITY, DeliveryKind, DeliveryState
from bot.domain.enrollment import EnrollmentState
from bot.domain.group import VANISHED, DigestTime, Role
from bot.domain.posting import Addressee, DigestDue, DigestPlan, Posting, PostingOutcome
from bot.engine import crashpoints
from bot.storage import claiming, planner, rows
from bot.storage.connection import Connection, Database
from bot.storage.gate import Lane
from bot.storage.group_tables import group_chats, memberships, study_groups
from bot.storage.groups import to_channel, to_group
from bot.storage.reading import load_enrollments, load_identities
from bot.storage.sql import instant, millis, minutes, spoken
from bot.storage.tables import deliveries, enrollments, learners

_NEXT_DUE = f"""
SELECT {", ".join(claiming.waiting("postings"))}, (SELECT min(next_digest_at) FROM study_groups)
"""  # noqa: S608 - names of our own
_RELEASE = "UPDATE postings SET state = 0, lease_until = NULL WHERE state = 1"
_DUE = """
SELECT id, next_digest_on, zone, digest_weekday, digest_time, digest_on FROM study_groups
WHERE next_digest_at <= $1 ORDER BY next_digest_at LIMIT $2 /* FOR UPDATE SKIP LOCKED */
"""
_DIGEST = PRIORITY[DeliveryKind.DIGEST]
_OWE = f"""
INSERT INTO postings (key, kind, group_id, place_id, template, data, due_at, not_before, expires_at, state, priority)
VALUES ($1, 'digest', $2, $3, '', '{{}}', $4, $4, $5, 0, {_DIGEST}) ON CONFLICT DO NOTHING
"""  # noqa: S608 - a number of our own
_OWE_MANY = f"""
INSERT INTO postings (key, kind, group_id, place_id, template, data, due_at, not_before, expires_at, state, priority)
SELECT k, 'digest', g, c, '', '{{}}', d, d, e, 0, {_DIGEST}
FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS owed (k, g, c, d, e)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - a number of our own
_NEXT_MANY = """
UPDATE study_groups SET next_digest_on = d, next_digest_at = at
FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS following (g, d, at) WHERE id = g
"""
_NEXT = "UPDATE study_groups SET next_digest_on = $2, next_digest_at = $3 WHERE id = $1"
_COLUMNS = """
id, key, kind, group_id, due_at, not_before, expires_at, place_id, learner_id, template, data, attempts, last_error
"""
_CLAIM = claiming.claim("postings", _COLUMNS)
# Nothing overtakes an older word to the same person: "Bo says hi" comes after "you and Bo are introduced".
_FIRST_TO_THEM = """
NOT EXISTS (SELECT 1 FROM postings AS older WHERE older.learner_id = postings.learner_id AND older.id < postings.id
            AND older.state = 0 AND older.not_before <= $2 AND older.priority > 0)
"""
# Else an answer would wait for the word, and the word for all plans.
_IN_THE_WAY = """
id IN (SELECT older.id FROM postings AS asked JOIN postings AS older ON older.learner_id = asked.learner_id
       WHERE asked.state = 0 AND asked.priority = 0 AND asked.not_before <= $2
         AND older.state = 0 AND older.priority > 0 AND older.id < asked.id)
"""
_CLAIM_URGENT = claiming.claim("postings", _COLUMNS, claiming.URGENT, _FIRST_TO_THEM, _IN_THE_WAY)
_SETTLE = """
UPDATE postings SET state = $2, last_error = $3, attempts = $4, not_before = $5, lease_until = NULL
WHERE id = $1 AND state <= 1 AND ($6 = 1 OR (state = 1 AND lease_until = $7))
"""
_HEARD = "UPDATE learners SET last_push_on = $2 WHERE id = $1"

Decide = Callable[[DigestDue, datetime], DigestPlan]


class SqlPostings:
    """See `bot.engine.group_ports.Postings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def next_due(self) -> datetime | None:
        """See `Postings.next_due`."""
        async with self._database.connect() as connection:
            return planner.next_instants((await connection.exec_driver_sql(_NEXT_DUE)).one())

    async def release(self) -> None:
        """See `Postings.release`."""
        async with self._database.begin(Lane.BULK) as connection:
            await connection.exec_driver_sql(_RELEASE)

    async def plan(self, now: datetime, limit: int, decide: Decide) -> list[int]:
        """See `Postings.plan`."""
        async with self._database.begin(Lane.BULK) as connection:
            found = (await connection.exec_driver_sql(spoken(connection, _DUE), (millis(now), limit))).all()
            if found:
                crashpoints.reach("plan.read")
                await _write(connection, found, now, decide)
                crashpoints.reach("plan.written")
        if found:
            crashpoints.reach("plan.committed")
        return [row[0] for row in found]

    async def ownerless(self, group_ids: Sequence[int], now: datetime) -> list[int]:
        """See `Postings.ownerless`."""
        owner = (memberships.c.role == Role.OWNER.value) & (memberships.c.group_id.in_(group_ids))
        query = select(memberships.c.group_id, memberships.c.joined_at, learners.c.seen_on)
        async with self._database.connect() as connection:
            found = await connection.execute(query.join(learners).where(owner))
            seen = {row.group_id: row.seen_on or row.joined_at.date() for row in found}
        return [number for number in group_ids if number not in seen or now.date() - seen[number] > VANISHED]

    async def claim(self, now: datetime, limit: int, lease: timedelta, *, urgent: bool = False) -> Sequence[Posting]:
        """See `Postings.claim`."""
        until = instant(millis(now + lease))
        async with self._database.begin(Lane.BULK) as connection:
            values = (millis(until), millis(now), limit)
            claim = spoken(connection, _CLAIM_URGENT if urgent else _CLAIM)
            found = (await connection.exec_driver_sql(claim, values)).all()
            if found:
                crashpoints.reach("claim.written")
        if found:
            crashpoints.reach("claim.committed")
        return sorted((_posting(row, until) for row in found), key=lambda p: (PRIORITY[p.kind], p.not_before, p.id))

    async def addressees(self, postings: Sequence[Posting]) -> Mapping[int, Addressee]:
        """See `Postings.addressees`."""
        people = sorted({p.learner_id for p in postings if p.learner_id})
        async with self._database.connect() as connection:
            of = study_groups.c.id.in_({p.group_id for p in postings})
            groups = {r.id: to_group(r) for r in await connection.execute(select(study_groups).where(of))}
            at = group_chats.c.id.in_({p.place_id for p in postings if p.place_id})
            chats = {r.id: to_channel(r) for r in await connection.execute(select(group_chats).where(at))}
            found = await connection.execute(select(learners).where(learners.c.id.in_(people)))
            who = {row.id: rows.to_learner(row) for row in found}
            accounts = await load_identities(connection, people)
            mine = enrollments.c.learner_id.in_(people) & (enrollments.c.state != EnrollmentState.SHELVED.value)
            plans = {p.learner_id: p for p in await load_enrollments(connection, select(enrollments).where(mine))}
            owed = set((await connection.execute(_owed(people))).scalars())
        made: dict[int, Addressee] = {}
        for posting in postings:
            group, learner = groups.get(posting.group_id), who.get(posting.learner_id or 0)
            if group and learner:
                mine_here = accounts.get(learner.id, ())
                made[posting.id] = Addressee(group, None, learner, mine_here, plans.get(learner.id), learner.id in owed)
            elif group and posting.place_id in chats:
                made[posting.id] = Addressee(group, chats[posting.place_id])
        return made

    async def settle(self, outcomes: Sequence[PostingOutcome]) -> None:
        """See `Postings.settle`."""
        heard = [
            (o.posting.learner_id, o.sent_on.toordinal()) for o in outcomes if o.sent_on and o.posting.learner_id
        ]  # fmt: skip
        async with self._database.begin(Lane.BULK) as connection:
            if heard:
                await connection.exec_driver_sql(spoken(connection, _HEARD), sorted(heard))
            await connection.exec_driver_sql(spoken(connection, _SETTLE), [_settled(outcome) for outcome in outcomes])
            crashpoints.reach("settle.written")
        crashpoints.reach("settle.committed")


def _owed(people: Sequence[int]) -> Select[tuple[int]]:
    """Those among people whose plan of the week is due and on its way, or to be tried again."""
    open_ = deliveries.c.state.in_([DeliveryState.READY.value, DeliveryState.CLAIMED.value])
    theirs = deliveries.c.learner_id.in_(people) & deliveries.c.kind.in_([kind.value for kind in PLANNED])
    return select(deliveries.c.learner_id).where(theirs & open_)


async def _write(connection: Connection, found: Sequence[Any], now: datetime, decide: Decide) -> None:
    """Write what is owed to each chat, and when each group is due next; decided once for all alike."""
    wanted = [row[0] for row in found if row[5]]
    chats: dict[int, list[int]] = {}
    for row in await connection.execute(
        select(group_chats.c.id, group_chats.c.group_id).where(group_chats.c.group_id.in_(wanted))
    ):
        chats.setdefault(row.group_id, []).append(row.id)
    plans: dict[Any, DigestPlan] = {}
    owed: list[tuple[Any, ...]] = []
    following: list[tuple[Any, ...]] = []
    for number, *rest in found:
        key = tuple(rest)
        plan = plans[key] if key in plans else plans.setdefault(key, _decided(key, now, decide))
        for chat in chats.get(number, ()):
            name = f"g{number}-digest-{plan.on:%Y%m%d}-{chat}"
            owed.append((name, number, chat, millis(plan.due_at), millis(plan.expires_at)))
        following.append((number, plan.next_on.toordinal(), millis(plan.next_at)))
    for one, all_, values in ((_OWE, _OWE_MANY, owed), (_NEXT, _NEXT_MANY, following)):
        if values and connection.dialect.name == "postgresql":
            await connection.exec_driver_sql(all_, tuple(list(column) for column in zip(*values, strict=True)))
        elif values:
            await connection.exec_driver_sql(spoken(connection, one), values)


def _decided(key: tuple[Any, ...], now: datetime, decide: Decide) -> DigestPlan:
    on, zone, weekday, at, is_on = key
    return decide(DigestDue(date.fromordinal(on), DigestTime(zone, weekday, minutes(at), bool(is_on))), now)


def _settled(outcome: PostingOutcome) -> tuple[Any, ...]:
    posting, arrived = outcome.posting, int(outcome.state is DeliveryState.SENT)
    again = millis(outcome.not_before or posting.not_before)
    lease = millis(posting.lease_until) if posting.lease_until else None
    return posting.id, outcome.state.value, outcome.error, posting.attempts + outcome.attempted, again, arrived, lease


def _posting(row: Any, until: datetime) -> Posting:
    number, key, kind, group, due, not_before, expires, place, learner, template, data, attempts, error = row
    said = json.loads(data) if isinstance(data, str) else data
    return Posting(
        number, key, DeliveryKind(kind), group, instant(due), instant(not_before), instant(expires), place, learner,
        template, said, DeliveryState.CLAIMED, attempts, error, until,
    )  # fmt: skip
