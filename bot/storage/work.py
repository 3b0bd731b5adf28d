"""One transaction over the tables: the SQL side of `bot.engine.storing.Work`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Insert, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.change import Change, EnrollmentChange
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.message import Rendered
from bot.storage import journal as changes
from bot.storage import rows
from bot.storage.accounts import SqlAccounts
from bot.storage.answers import to_json
from bot.storage.budgets import SqlBudgets
from bot.storage.connection import Connection
from bot.storage.evidence import SqlEvidence
from bot.storage.export import export_learner
from bot.storage.feedback import SqlFeedback
from bot.storage.group_tables import group_chats
from bot.storage.groups import SqlGroups
from bot.storage.quizzes import SqlQuizzes
from bot.storage.reading import load_enrollments, load_identities
from bot.storage.retention import purge
from bot.storage.sql import millis, spoken
from bot.storage.tables import completions, deliveries, enrollments, identities, inbox, journal, learners
from bot.storage.tally import SqlTally

JOURNAL_LENGTH = 20
"""How many actions of a learner can be taken back."""


# Statements that every message runs are built once: building one costs more than running it.
_SEEN = "INSERT INTO seen (platform, event_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1"
_KNOWN = "SELECT 1 FROM seen WHERE platform = $1 AND event_id = $2"
_ASKED = "UPDATE learners SET asked = $2 WHERE id = $1"
_SEEN_ON = "UPDATE learners SET seen_on = $2 WHERE id = $1"
_OFFERED = "UPDATE learners SET offered = $2 WHERE id = $1"
_SHOWN = "UPDATE learners SET shown_week = $2 WHERE id = $1"
_DONE = "INSERT INTO completions (enrollment_id, task_id, done_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_REPLIES = "UPDATE inbox SET replies = $3 WHERE platform = $1 AND event_id = $2"
_PLANNED = "SELECT max(local_date) FROM deliveries WHERE enrollment_id = $1 AND kind IN ('weekly', 'checkin')"
_ACCOUNT = """
INSERT INTO identities (platform, external_id, learner_id, chat_id, reachable) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (platform, external_id) DO UPDATE
SET learner_id = excluded.learner_id, chat_id = excluded.chat_id, reachable = excluded.reachable
WHERE (identities.learner_id, identities.chat_id, identities.reachable)
  <> (excluded.learner_id, excluded.chat_id, excluded.reachable)
"""  # the same account in the same chat, as with nearly every message, is not written anew
_LEARNER_OF = (
    select(learners)
    .join(identities)
    .where(identities.c.platform == bindparam("on"), identities.c.external_id == bindparam("who"))
    # The account, too: one taken off while we wait is not found. Planning may refer to the learner meanwhile.
    .with_for_update(of=(learners, identities), key_share=True)
)
_CURRENT = select(enrollments).where(
    enrollments.c.learner_id == bindparam("who"), enrollments.c.state != EnrollmentState.SHELVED.value
)
_PLACED = select(learners.c.id, learners.c.place).where(learners.c.place.like(bindparam("beginning")))
_SAVE_PLAN = update(enrollments).where(enrollments.c.id == bindparam("which"))


class SqlWork:
    """One transaction. Rows of a learner are locked while they are worked on, where the engine can."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def _upsert(self, table: Table) -> Any:
        return (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)

    async def first_time(self, platform: str, event_id: str, now: datetime) -> bool:
        """See `Work.first_time`."""
        values = (platform, event_id, millis(now))
        found = await self._db.exec_driver_sql(spoken(self._db, _SEEN), values)
        return found.one_or_none() is not None

    async def seen(self, platform: str, event_id: str) -> bool:
        """See `Work.seen`."""
        found = await self._db.exec_driver_sql(spoken(self._db, _KNOWN), (platform, event_id))
        return found.one_or_none() is not None

    async def keep_replies(self, platform: str, event_id: str, replies: Sequence[Rendered]) -> None:
        """See `Work.keep_replies`."""
        values = (platform, event_id, json.dumps(to_json(replies)))
        await self._db.exec_driver_sql(spoken(self._db, _REPLIES), values)

    async def move_chat(self, platform: str, old: str, new: str) -> None:
        """See `Work.move_chat`."""
        for column in (identities.c.chat_id, inbox.c.chat, group_chats.c.chat_id):
            there = (column.table.c.platform == platform) & (column == old)
            await self._db.execute(update(column.table).where(there).values({column.name: new}))
        for row in (await self._db.execute(_PLACED, {"beginning": f"{platform}/{old}/%"})).all():
            place = row.place.replace(f"/{old}/", f"/{new}/", 1)
            await self._db.execute(update(learners).where(learners.c.id == row.id).values(place=place))

    async def learner_of(self, platform: str, external_id: str) -> Learner | None:
        """See `Work.learner_of`."""
        account = {"on": platform, "who": external_id}
        # Whoever we waited for may have made this learner one with another: the second look finds that one.
        row = (await self._db.execute(_LEARNER_OF, account)).one_or_none()
        row = row or (await self._db.execute(_LEARNER_OF, account)).one_or_none()
        return rows.to_learner(row) if row else None

    async def learner(self, learner_id: int) -> Learner | None:
        """See `Work.learner`."""
        row = (await self._db.execute(select(learners).where(learners.c.id == learner_id))).one_or_none()
        return rows.to_learner(row) if row else None

    async def add_learner(self, name: str, identity: Identity, preferences: Preferences, now: datetime) -> Learner:
        """See `Work.add_learner`."""
        fields = {"name": name, "created_at": now, **rows.from_preferences(preferences)}
        learner_id = await self._insert(learners, fields)
        await self.keep_identity(learner_id, identity)
        return Learner(learner_id, name, now, preferences)

    async def _insert(self, table: Table, fields: Mapping[str, Any]) -> int:
        statement: Insert = insert(table).values(**fields).returning(table.c.id)
        return int((await self._db.execute(statement)).scalar_one())

    async def keep_identity(self, learner_id: int, identity: Identity) -> None:
        """See `Work.keep_identity`."""
        values = (identity.platform, identity.external_id, learner_id, identity.chat_id, identity.reachable)
        await self._db.exec_driver_sql(spoken(self._db, _ACCOUNT), values)

    async def identities(self, learner_id: int) -> tuple[Identity, ...]:
        """See `Work.identities`."""
        return (await load_identities(self._db, [learner_id])).get(learner_id, ())

    async def note_seen(self, learner_id: int, day: date) -> None:
        """See `Work.note_seen`."""
        await self._db.exec_driver_sql(spoken(self._db, _SEEN_ON), (learner_id, day.toordinal()))

    async def set_asked(self, learner_id: int, question: str) -> None:
        """See `Work.set_asked`."""
        await self._db.exec_driver_sql(spoken(self._db, _ASKED), (learner_id, question))

    async def set_offered(self, learner_id: int, offered: str) -> None:
        """See `Work.set_offered`."""
        await self._db.exec_driver_sql(spoken(self._db, _OFFERED), (learner_id, offered))

    async def set_shown_week(self, learner_id: int, week: int | None) -> None:
        """See `Work.set_shown_week`."""
        await self._db.exec_driver_sql(spoken(self._db, _SHOWN), (learner_id, week))

    async def current_enrollment(self, learner_id: int) -> Enrollment | None:
        """See `Work.current_enrollment`."""
        found = await load_enrollments(self._db, _CURRENT, {"who": learner_id})
        return found[0] if found else None

    async def enrollments(self, learner_id: int) -> tuple[Enrollment, ...]:
        """See `Work.enrollments`."""
        mine = enrollments.c.learner_id == learner_id
        return await load_enrollments(self._db, select(enrollments).where(mine).order_by(enrollments.c.id))

    async def apply(self, change: Change, now: datetime, *, journal: bool = True) -> Change:
        """See `Work.apply`."""
        if change.learner:
            after = change.learner.after
            fields = rows.from_preferences(after.preferences)
            await self._db.execute(update(learners).where(learners.c.id == after.id).values(**fields))
        saved = replace(change, enrollments=tuple([await self._save(c) for c in change.enrollments]))
        for piece in change.evidence:
            await self.evidence.apply(piece)
        owner = saved.owner
        if journal and owner is not None:
            await self._note(owner, saved, now)
        return saved

    async def _save(self, change: EnrollmentChange) -> EnrollmentChange:
        after = change.after
        if change.before is None:
            after = replace(after, id=await self._insert(enrollments, rows.from_enrollment(after)))
        elif (fields := rows.from_enrollment(after)) != rows.from_enrollment(change.before):
            await self._db.execute(_SAVE_PLAN, {"which": after.id, **fields})
        await self._save_completions(change.before.completions if change.before else {}, after)
        return EnrollmentChange(change.before, after)

    async def _save_completions(self, before: Mapping[str, datetime], after: Enrollment) -> None:
        added = [(after.id, task, millis(at)) for task, at in after.completions.items() if task not in before]
        gone = [task for task in before if task not in after.completions]
        if added:
            await self._db.exec_driver_sql(spoken(self._db, _DONE), added)
        if gone:
            mine = (completions.c.enrollment_id == after.id) & completions.c.task_id.in_(gone)
            await self._db.execute(delete(completions).where(mine))

    async def _note(self, learner_id: int, change: Change, now: datetime) -> None:
        fields = {"learner_id": learner_id, "at": now, "verb": change.verb, "change": changes.to_json(change)}
        number = await self._insert(journal, fields)
        mine = select(journal.c.id).where(journal.c.learner_id == learner_id).order_by(journal.c.id.desc())
        oldest_kept = mine.limit(1).offset(JOURNAL_LENGTH - 1).scalar_subquery()
        old = (journal.c.learner_id == learner_id) & (journal.c.id < oldest_kept)
        if number > JOURNAL_LENGTH:
            await self._db.execute(delete(journal).where(old))

    async def undoing(self, learner_id: int) -> tuple[int, Change] | None:
        """See `Work.undoing`."""
        query = select(journal).where(journal.c.learner_id == learner_id).order_by(journal.c.id.desc()).limit(1)
        row = (await self._db.execute(query)).one_or_none()
        learner = await self.learner(learner_id)
        if row is None or learner is None:
            return None
        mine = {e.id: e for e in await self.enrollments(learner_id)}
        return row.id, changes.undone(row.change, row.verb, learner, mine)

    async def forget_change(self, number: int) -> None:
        """See `Work.forget_change`."""
        await self._db.execute(delete(journal).where(journal.c.id == number))

    async def schedule(self, delivery: Delivery) -> bool:
        """See `Work.schedule`."""
        row = self._upsert(deliveries).values(**rows.from_delivery(delivery)).on_conflict_do_nothing()
        return bool((await self._db.execute(row)).rowcount)

    async def planned_until(self, enrollment_id: int) -> date | None:
        """See `Work.planned_until`."""
        found = await self._db.exec_driver_sql(spoken(self._db, _PLANNED), (enrollment_id,))
        latest = found.scalar_one_or_none()
        return date.fromordinal(latest) if latest else None

    async def withdraw(self, learner_id: int, kind: DeliveryKind) -> bool:
        """See `Work.withdraw`."""
        idle = deliveries.c.state.in_([DeliveryState.READY.value, DeliveryState.DROPPED.value])
        mine = (deliveries.c.learner_id == learner_id) & (deliveries.c.kind == kind.value)
        gone = await self._db.execute(delete(deliveries).where(mine & idle).returning(deliveries.c.state))
        return DeliveryState.READY.value in gone.scalars().all()

    async def cancel_deliveries(self, learner_id: int) -> None:
        """See `Work.cancel_deliveries`."""
        waiting = (deliveries.c.learner_id == learner_id) & (deliveries.c.state == DeliveryState.READY.value)
        await self._db.execute(update(deliveries).where(waiting).values(state=DeliveryState.DROPPED.value))

    async def revive_deliveries(self, learner_id: int, now: datetime) -> None:
        """See `Work.revive_deliveries`."""
        dropped = (deliveries.c.learner_id == learner_id) & (deliveries.c.state == DeliveryState.DROPPED.value)
        ahead = dropped & (deliveries.c.not_before > now)
        await self._db.execute(update(deliveries).where(ahead).values(state=DeliveryState.READY.value))

    @property
    def quizzes(self) -> SqlQuizzes:
        """See `Work.quizzes`."""
        return SqlQuizzes(self._db)

    @property
    def accounts(self) -> SqlAccounts:
        """See `Work.accounts`."""
        return SqlAccounts(self._db)

    @property
    def evidence(self) -> SqlEvidence:
        """See `Work.evidence`."""
        return SqlEvidence(self._db)

    @property
    def groups(self) -> SqlGroups:
        """See `Work.groups`."""
        return SqlGroups(self._db)

    @property
    def budgets(self) -> SqlBudgets:
        """See `Work.budgets`."""
        return SqlBudgets(self._db)

    @property
    def tally(self) -> SqlTally:
        """See `Work.tally`."""
        return SqlTally(self._db)

    @property
    def feedback(self) -> SqlFeedback:
        """See `Work.feedback`."""
        return SqlFeedback(self._db)

    async def export(self, learner_id: int) -> Mapping[str, object]:
        """See `Work.export`."""
        return await export_learner(self._db, learner_id)

    async def erase(self, learner_id: int) -> None:
        """See `Work.erase`. Every other table but the budgets hangs on `learners` by a cascading key."""
        await self._db.execute(delete(learners).where(learners.c.id == learner_id))
        await self.budgets.forget(learner_id)

    async def purge(self, now: datetime) -> int:
        """See `Work.purge`."""
        return await purge(self._db, now)
