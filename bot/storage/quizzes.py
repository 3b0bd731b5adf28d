"""Quizzes in the tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.quiz import QuizRun
from bot.storage.connection import Connection
from bot.storage.tables import quiz_answers, quiz_runs


class SqlQuizzes:
    """See `bot.engine.storing.Quizzes`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def open(self, learner_id: int) -> QuizRun | None:
        """See `Quizzes.open`."""
        row = (await self._db.execute(select(quiz_runs).where(quiz_runs.c.learner_id == learner_id))).one_or_none()
        if row is None:
            return None
        return QuizRun(learner_id, row.about, tuple(row.items), row.seed, row.started_at, row.answered_right, row.at)

    async def keep(self, run: QuizRun) -> None:
        """See `Quizzes.keep`."""
        fields = {"about": run.about, "items": list(run.items), "seed": run.seed, "started_at": run.started_at,
                  "answered_right": run.right, "at": run.at}  # fmt: skip
        row = self._upsert(quiz_runs).values(learner_id=run.learner_id, **fields)
        await self._db.execute(row.on_conflict_do_update(index_elements=["learner_id"], set_=fields))

    async def note(self, learner_id: int, item: str, right: bool, now: datetime) -> None:
        """See `Quizzes.note`."""
        fields = {"was_right": right, "at": now}
        row = self._upsert(quiz_answers).values(learner_id=learner_id, item=item, **fields)
        await self._db.execute(row.on_conflict_do_update(index_elements=["learner_id", "item"], set_=fields))

    async def known(self, learner_id: int) -> frozenset[str]:
        """See `Quizzes.known`."""
        mine = (quiz_answers.c.learner_id == learner_id) & quiz_answers.c.was_right
        return frozenset((await self._db.execute(select(quiz_answers.c.item).where(mine))).scalars())

    def _upsert(self, table: Table) -> Any:
        return (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)
