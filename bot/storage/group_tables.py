"""The tables of study groups, beside those in `bot.storage.tables`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)  # fmt: skip

from bot.storage.tables import Day, Instant, Minutes, learners, metadata

ID = learners.c.id.type


def _of(table: str, name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    """A reference that goes with what it refers to; one that may be null is emptied instead."""
    gone = "SET NULL" if null else "CASCADE"
    return Column(name, ID, ForeignKey(f"{table}.id", ondelete=gone), nullable=null, primary_key=key)


study_groups = Table(
    "study_groups", metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("code", String(8), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("digest_weekday", SmallInteger, nullable=False),
    Column("digest_time", Minutes, nullable=False),
    Column("digest_on", Boolean, nullable=False),
    Column("next_digest_on", Day, nullable=False),
    Column("next_digest_at", Instant, nullable=False),
    Column("roadmap_id", String(24), nullable=False, server_default=""),
    Column("starts_on", Day),
    Column("model", Boolean, nullable=False, server_default=text("false")),
    Index("study_groups_by_code", "code", unique=True),
    Index("study_groups_due", "next_digest_at"),
)  # fmt: skip

memberships = Table(
    "memberships", metadata,
    _of("study_groups", "group_id", key=True),
    _of("learners", "learner_id", key=True),
    Column("role", String(10), nullable=False),
    Column("sharing", String(8), nullable=False),
    Column("pseudonym", String(40), nullable=False, server_default=""),
    Column("buddy", Boolean, nullable=False, server_default=text("false")),
    Column("joined_at", Instant, nullable=False),
    Column("looked_at", Instant),
    Index("memberships_by_learner", "learner_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

group_chats = Table(
    "group_chats", metadata,
    Column("id", ID, primary_key=True),
    _of("study_groups", "group_id"),
    Column("platform", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("thread_id", String(64), nullable=False, server_default=""),
    Column("name", String(80), nullable=False, server_default=""),
    Index("group_chats_place", "platform", "chat_id", "thread_id", unique=True),
    Index("group_chats_by_group", "group_id"),
)  # fmt: skip

group_log = Table(
    "group_log", metadata,
    Column("id", ID, primary_key=True),
    _of("study_groups", "group_id"),
    _of("learners", "learner_id", null=True),
    _of("learners", "target_id", null=True),
    Column("at", Instant, nullable=False),
    Column("deed", String(12), nullable=False),
    Column("about", String(120), nullable=False, server_default=""),
    Index("group_log_by_group", "group_id", "id"),
    Index("group_log_by_learner", "learner_id"),
    Index("group_log_by_target", "target_id"),
)  # fmt: skip

group_bars = Table(
    "group_bars", metadata,
    _of("study_groups", "group_id", key=True),
    _of("learners", "learner_id", key=True),
    Index("group_bars_by_learner", "learner_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

blocks = Table(
    "blocks", metadata,
    _of("learners", "learner_id", key=True),
    _of("learners", "blocked_id", key=True),
    Index("blocks_by_blocked", "blocked_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

group_reports = Table(
    "group_reports", metadata,
    Column("id", ID, primary_key=True),
    _of("study_groups", "group_id"),
    _of("learners", "learner_id"),
    _of("learners", "target_id"),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("group_reports_by_group", "group_id"),
    Index("group_reports_by_learner", "learner_id"),
    Index("group_reports_by_target", "target_id"),
)  # fmt: skip

cheers = Table(
    "cheers", metadata,
    _of("learners", "learner_id", key=True),
    _of("learners", "target_id", key=True),
    Column("day", Day, primary_key=True),
    _of("study_groups", "group_id"),
    Index("cheers_by_target", "target_id", "day"),
    Index("cheers_by_group", "group_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

group_questions = Table(
    "group_questions", metadata,
    Column("id", ID, primary_key=True),
    _of("study_groups", "group_id"),
    _of("learners", "learner_id"),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("task_id", String(40), nullable=False, server_default=""),
    Column("closed", Boolean, nullable=False, server_default=text("false")),
    Index("group_questions_by_group", "group_id", "at"),
    Index("group_questions_by_time", "at"),
    Index("group_questions_by_learner", "learner_id"),
)  # fmt: skip

group_talks = Table(
    "group_talks", metadata,
    _of("study_groups", "group_id", key=True),
    Column("day", Day, primary_key=True),
    Column("mark", String(16), nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

postings = Table(
    "postings", metadata,
    Column("id", ID, primary_key=True),
    Column("key", String(60), nullable=False),
    Column("kind", String(12), nullable=False),
    _of("study_groups", "group_id"),
    Column("place_id", ID, ForeignKey("group_chats.id", ondelete="CASCADE")),
    Column("learner_id", ID, ForeignKey("learners.id", ondelete="CASCADE")),
    Column("template", String(40), nullable=False, server_default=""),
    Column("data", JSON, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", SmallInteger, nullable=False, server_default="0"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("last_error", Text, nullable=False, server_default=""),
    Column("priority", SmallInteger, nullable=False, server_default="1"),
    Index("postings_key", "key", unique=True),
    Index("postings_ready", "priority", "not_before", sqlite_where=text("state = 0"),
          postgresql_where=text("state = 0")),
    Index("postings_held", "lease_until", sqlite_where=text("state = 1"), postgresql_where=text("state = 1")),
    Index("postings_dead", "id", sqlite_where=text("state = 4"), postgresql_where=text("state = 4")),
    Index("postings_by_end", "expires_at"),
    Index("postings_by_group", "group_id"),
    Index("postings_by_place", "place_id"),
    Index("postings_by_learner", "learner_id"),
)  # fmt: skip
