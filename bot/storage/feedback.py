"""Questions and what was thought of their answers, in the tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.feedback import WORDS_KEPT, Asked, Exchange, Verdict, fresh
from bot.storage.answer_tables import answer_feedback, answer_settings, answer_thread
from bot.storage.connection import Connection


class SqlFeedback:
    """See `bot.engine.storing.Feedback`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def note(self, asked: Asked) -> int:
        """See `Feedback.note`."""
        fields = {
            "learner_id": asked.learner_id, "roadmap": asked.roadmap, "week": asked.week, "note": asked.note,
            "section": asked.section[:120], "source": asked.source, "outcome": asked.outcome,
            "question_hash": asked.question, "verdict": asked.verdict.value, "at": asked.at,
        }  # fmt: skip
        row = insert(answer_feedback).values(**fields).returning(answer_feedback.c.id)
        return int((await self._db.execute(row)).scalar_one())

    async def rate(self, learner_id: int, number: int, verdict: Verdict) -> bool:
        """See `Feedback.rate`."""
        return await self._change(learner_id, number, verdict=verdict.value)

    async def keep_words(self, learner_id: int, number: int, now: datetime) -> bool:
        """See `Feedback.keep_words`."""
        words = next((e.question for e in await self.thread(learner_id, now) if e.number == number), "")
        return bool(words) and await self._change(learner_id, number, words=words, words_until=now + WORDS_KEPT)

    async def _change(self, learner_id: int, number: int, **fields: Any) -> bool:
        mine = (answer_feedback.c.id == number) & (answer_feedback.c.learner_id == learner_id)
        return bool((await self._db.execute(update(answer_feedback).where(mine).values(**fields))).rowcount)

    async def remember(self, learner_id: int, exchange: Exchange) -> None:
        """See `Feedback.remember`."""
        fields = {"question": exchange.question, "answer": exchange.answer, "at": exchange.at}
        row = self._upsert(answer_thread).values(learner_id=learner_id, number=exchange.number, **fields)
        await self._db.execute(row.on_conflict_do_update(index_elements=["learner_id", "number"], set_=fields))
        kept = [one.number for one in await self.thread(learner_id, exchange.at)]
        mine = (answer_thread.c.learner_id == learner_id) & answer_thread.c.number.not_in(kept)
        await self._db.execute(delete(answer_thread).where(mine))

    async def thread(self, learner_id: int, now: datetime) -> tuple[Exchange, ...]:
        """See `Feedback.thread`."""
        rows = await self._db.execute(select(answer_thread).where(answer_thread.c.learner_id == learner_id))
        return fresh([Exchange(row.number, row.question, row.answer, row.at) for row in rows], now)

    async def worded(self, learner_id: int, number: int, answer: str) -> None:
        """See `Feedback.worded`."""
        await self._change(learner_id, number, source="model")
        mine = (answer_thread.c.learner_id == learner_id) & (answer_thread.c.number == number)
        await self._db.execute(update(answer_thread).where(mine).values(answer=answer))

    async def uses_model(self, learner_id: int) -> bool:
        """See `Feedback.uses_model`."""
        mine = select(answer_settings.c.model).where(answer_settings.c.learner_id == learner_id)
        return bool((await self._db.execute(mine)).scalar_one_or_none() is not False)

    async def use_model(self, learner_id: int, wanted: bool) -> None:
        """See `Feedback.use_model`."""
        row = self._upsert(answer_settings).values(learner_id=learner_id, model=wanted)
        await self._db.execute(row.on_conflict_do_update(index_elements=["learner_id"], set_={"model": wanted}))

    def _upsert(self, table: Any) -> Any:
        return (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)
