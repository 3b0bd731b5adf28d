"""The tables of questions and answers, beside those in `bot.storage.tables`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, SmallInteger, String, Table, Text, text

from bot.storage.tables import Instant, learners, metadata

ID = learners.c.id.type

answer_feedback = Table(
    "answer_feedback", metadata,
    Column("id", ID, primary_key=True),
    Column("learner_id", ID, ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("roadmap", String(60), nullable=False),
    Column("week", SmallInteger, nullable=False),
    Column("note", String(60), nullable=False),
    Column("section", String(120), nullable=False),
    Column("source", String(12), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("question_hash", String(16), nullable=False),
    Column("verdict", SmallInteger, nullable=False, server_default="0"),
    Column("words", Text, nullable=False, server_default=""),
    Column("words_until", Instant),
    Column("at", Instant, nullable=False),
    Index("answer_feedback_by_learner", "learner_id"),
    Index("answer_feedback_by_time", "at"),
    Index("answer_feedback_kept", "words_until", sqlite_where=text("words_until IS NOT NULL"),
          postgresql_where=text("words_until IS NOT NULL")),
)  # fmt: skip

answer_thread = Table(
    "answer_thread", metadata,
    Column("learner_id", ID, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("number", ID, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("answer_thread_by_time", "at"),
    sqlite_with_rowid=False,
)  # fmt: skip

answer_settings = Table(
    "answer_settings", metadata,
    Column("learner_id", ID, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("model", Boolean, nullable=False),
)  # fmt: skip
