"""Forgets what was kept long enough: words, what went to groups, and which messages were answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Select, Update, delete, select, tuple_, update

from bot.domain.delivery import DeliveryState
from bot.domain.feedback import WORDS_KEPT
from bot.storage.answer_tables import answer_feedback, answer_thread
from bot.storage.connection import Connection
from bot.storage.group_tables import group_questions, postings
from bot.storage.tables import seen

MOST = 100
"""Rows that go at a time, all of one table, so that nobody who writes meanwhile waits for long."""
WAITING = (DeliveryState.READY.value, DeliveryState.CLAIMED.value)


async def purge(connection: Connection, now: datetime) -> int:
    """See `Work.purge`. The first table that has something to forget has its turn, until it has no more."""
    for statement in _statements(now):
        gone = (await connection.execute(statement)).rowcount
        if gone:
            return gone
    return 0


def _statements(now: datetime) -> list[Update | Delete]:
    until = now - WORDS_KEPT
    said = _some(select(answer_thread.c.learner_id, answer_thread.c.number).where(answer_thread.c.at <= until))
    worded = _some(select(answer_feedback.c.id).where(answer_feedback.c.words_until <= now))
    asked = _some(select(group_questions.c.id).where(group_questions.c.at <= until))
    settled = (postings.c.expires_at <= until) & postings.c.state.not_in(WAITING)
    through = _some(select(postings.c.id).where(settled))
    answered = _some(select(seen.c.platform, seen.c.event_id).where(seen.c.at <= until))
    return [
        update(answer_feedback).where(answer_feedback.c.id.in_(worded)).values(words="", words_until=None),
        delete(answer_thread).where(tuple_(answer_thread.c.learner_id, answer_thread.c.number).in_(said)),
        delete(group_questions).where(group_questions.c.id.in_(asked)),
        delete(postings).where(postings.c.id.in_(through)),
        delete(seen).where(tuple_(seen.c.platform, seen.c.event_id).in_(answered)),
    ]


def _some(query: Select[Any]) -> Select[Any]:
    return query.limit(MOST)
