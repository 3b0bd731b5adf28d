"""What happens in a group, in the tables: its log, who keeps whom out, cheers, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.group import TALKS_KEPT
from bot.domain.group_log import Deed, Entry, Report
from bot.domain.question import GroupQuestion
from bot.storage.connection import Connection
from bot.storage.group_tables import (
    blocks,
    cheers,
    group_bars,
    group_log,
    group_questions,
    group_reports,
    group_talks,
)  # fmt: skip


class SqlGroupLife:
    """The half of `bot.engine.group_ports.Groups` that is about what happens."""

    _db: Connection

    async def _put(self, table: Table, present: bool = True, **key: Any) -> bool:
        """Make a row be there, or not. Whether that changed anything."""
        if present:
            made = (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)
            return bool((await self._db.execute(made.values(**key).on_conflict_do_nothing())).rowcount)
        gone = delete(table)
        for name, value in key.items():
            gone = gone.where(table.c[name] == value)
        return bool((await self._db.execute(gone)).rowcount)

    async def note(self, entry: Entry) -> None:
        """See `Groups.note`."""
        fields = {"group_id": entry.group_id, "learner_id": entry.actor_id, "target_id": entry.target_id,
                  "at": entry.at, "deed": entry.deed.value, "about": entry.about[:120]}  # fmt: skip
        await self._db.execute(insert(group_log).values(**fields))

    async def log(self, group_id: int, limit: int) -> Sequence[Entry]:
        """See `Groups.log`."""
        query = select(group_log).where(group_log.c.group_id == group_id).order_by(group_log.c.id.desc()).limit(limit)
        found = await self._db.execute(query)
        return [Entry(r.group_id, r.at, Deed(r.deed), r.learner_id, r.target_id, r.about) for r in found]

    async def bar(self, group_id: int, learner_id: int, barred: bool = True) -> None:
        """See `Groups.bar`."""
        await self._put(group_bars, barred, group_id=group_id, learner_id=learner_id)

    async def barred(self, group_id: int) -> frozenset[int]:
        """See `Groups.barred`."""
        query = select(group_bars.c.learner_id).where(group_bars.c.group_id == group_id)
        return frozenset((await self._db.execute(query)).scalars())

    async def block(self, learner_id: int, target_id: int, blocked: bool = True) -> None:
        """See `Groups.block`."""
        await self._put(blocks, blocked, learner_id=learner_id, blocked_id=target_id)

    async def blocked(self, learner_id: int) -> frozenset[int]:
        """See `Groups.blocked`."""
        query = select(blocks.c.blocked_id).where(blocks.c.learner_id == learner_id)
        return frozenset((await self._db.execute(query)).scalars())

    async def shunned(self, learner_id: int) -> frozenset[int]:
        """See `Groups.shunned`."""
        query = select(blocks.c.learner_id).where(blocks.c.blocked_id == learner_id)
        return await self.blocked(learner_id) | frozenset((await self._db.execute(query)).scalars())

    async def report(self, report: Report) -> None:
        """See `Groups.report`."""
        r = report
        fields = {"group_id": r.group_id, "learner_id": r.learner_id, "target_id": r.target_id, "text": r.text}
        await self._db.execute(insert(group_reports).values(at=r.at, **fields))

    async def settle_report(self, group_id: int, report_id: int) -> bool:
        """See `Groups.settle_report`."""
        seen = (group_reports.c.group_id == group_id) & (group_reports.c.id == report_id)
        return bool((await self._db.execute(delete(group_reports).where(seen))).rowcount)

    async def reports(self, group_id: int) -> Sequence[Report]:
        """See `Groups.reports`."""
        query = select(group_reports).where(group_reports.c.group_id == group_id).order_by(group_reports.c.id.desc())
        found = await self._db.execute(query)
        return [Report(r.group_id, r.learner_id, r.target_id, r.text, r.at, r.id) for r in found]

    async def cheer(self, learner_id: int, target_id: int, group_id: int, day: date) -> bool:
        """See `Groups.cheer`."""
        return await self._put(cheers, learner_id=learner_id, target_id=target_id, day=day, group_id=group_id)

    async def cheerers(self, target_id: int, day: date) -> Mapping[int, int]:
        """See `Groups.cheerers`."""
        mine = (cheers.c.target_id == target_id) & (cheers.c.day == day)
        found = await self._db.execute(select(cheers.c.learner_id, cheers.c.group_id).where(mine))
        return {row.learner_id: row.group_id for row in found}

    async def talked(self, group_id: int) -> Mapping[date, str]:
        """See `Groups.talked`."""
        query = select(group_talks.c.day, group_talks.c.mark).where(group_talks.c.group_id == group_id)
        return {row.day: row.mark for row in await self._db.execute(query)}

    async def note_talk(self, group_id: int, day: date, mark: str) -> None:
        """See `Groups.note_talk`."""
        old = (group_talks.c.group_id == group_id) & (group_talks.c.day <= day - TALKS_KEPT)
        await self._db.execute(delete(group_talks).where(old))
        await self._put(group_talks, group_id=group_id, day=day, mark=mark)

    async def ask(self, question: GroupQuestion) -> GroupQuestion:
        """See `Groups.ask`."""
        q = question
        fields = {"group_id": q.group_id, "learner_id": q.learner_id, "text": q.text, "at": q.at, "task_id": q.task_id}
        row = insert(group_questions).values(closed=q.closed, **fields).returning(group_questions.c.id)
        number = int((await self._db.execute(row)).scalar_one())
        return GroupQuestion(number, q.group_id, q.learner_id, q.text, q.at, q.task_id, q.closed)

    async def question(self, question_id: int) -> GroupQuestion | None:
        """See `Groups.question`."""
        query = select(group_questions).where(group_questions.c.id == question_id)
        row = (await self._db.execute(query)).one_or_none()
        return _question(row) if row else None

    async def questions(self, group_id: int, since: datetime) -> Sequence[GroupQuestion]:
        """See `Groups.questions`."""
        wanted = (group_questions.c.group_id == group_id) & (group_questions.c.at >= since)
        found = await self._db.execute(select(group_questions).where(wanted).order_by(group_questions.c.id))
        return [_question(row) for row in found]

    async def close(self, question_id: int, closed: bool = True) -> None:
        """See `Groups.close`."""
        await self._db.execute(update(group_questions).where(group_questions.c.id == question_id).values(closed=closed))


def _question(row: Row[Any]) -> GroupQuestion:
    return GroupQuestion(row.id, row.group_id, row.learner_id, row.text, row.at, row.task_id, row.closed)
