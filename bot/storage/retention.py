"""Forgets what was kept long enough: words, what went to groups, and which messages were answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, delete, select, tuple_, update

from bot.domain.delivery import DeliveryState
from bot.domain.feedback import WORDS_KEPT
from bot.storage.answer_tables import answer_feedback, answer_thread
from bot.storage.connection import Connection
from bot.storage.group_tables import group_questions, postings
from bot.storage.tables import seen

MOST = 1000
"""Rows that go from a table at a time, so that nobody who writes meanwhile waits for long."""
WAITING = (DeliveryState.READY.value, DeliveryState.CLAIMED.value)


async def purge(connection: Connection, now: datetime) -> int:
    """See `Work.purge`."""
    until = now - WORDS_KEPT
    over = answer_feedback.c.words_until <= now
    emptied = await connection.execute(update(answer_feedback).where(over).values(words="", words_until=None))
    said = await connection.execute(delete(answer_thread).where(answer_thread.c.at <= until))
    asked = _some(select(group_questions.c.id).where(group_questions.c.at <= until))
    settled = (postings.c.expires_at <= until) & postings.c.state.not_in(WAITING)
    through = _some(select(postings.c.id).where(settled))
    answered = _some(select(seen.c.platform, seen.c.event_id).where(seen.c.at <= until))
    gone = [
        delete(group_questions).where(group_questions.c.id.in_(asked)),
        delete(postings).where(postings.c.id.in_(through)),
        delete(seen).where(tuple_(seen.c.platform, seen.c.event_id).in_(answered)),
    ]
    rows = [(await connection.execute(statement)).rowcount for statement in gone]
    return emptied.rowcount + said.rowcount + sum(rows)


def _some(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.limit(MOST)
