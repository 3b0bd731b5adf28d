"""The tables. Instants are milliseconds since 1970 (UTC), dates are day numbers, times of day are minutes:
small, the same on every engine, and ordered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)  # fmt: skip
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To milliseconds."""
        return None if value is None else (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """From milliseconds."""
        return None if value is None else EPOCH + value * MILLISECOND


class Day(TypeDecorator[date]):
    """A date, kept as its proleptic Gregorian ordinal."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> int | None:
        """To a day number."""
        return None if value is None else value.toordinal()

    def process_result_value(self, value: int | None, dialect: Any) -> date | None:
        """From a day number."""
        return None if value is None else date.fromordinal(value)


class Minutes(TypeDecorator[time]):
    """A time of day, kept as minutes after midnight."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Any) -> int | None:
        """To minutes."""
        return None if value is None else value.hour * 60 + value.minute

    def process_result_value(self, value: int | None, dialect: Any) -> time | None:
        """From minutes."""
        return None if value is None else time(*divmod(value, 60))


metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER PRIMARY KEY


def _learner() -> Column[int]:
    return Column("learner_id", _ID, ForeignKey("learners.id", ondelete="CASCADE"), nullable=False)


learners = Table(
    "learners", metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("zone", String(40), nullable=False, server_default=""),
    Column("weekday", SmallInteger, nullable=False),
    Column("push_time", Minutes, nullable=False),
    Column("quiet_start", Minutes, nullable=False),
    Column("quiet_end", Minutes, nullable=False),
    Column("platform", String(16), nullable=False, server_default=""),
    Column("locale", String(8), nullable=False),
    Column("asked", String(80), nullable=False, server_default=""),
    Column("shown_week", SmallInteger),
    Column("last_push_on", Day),
    Column("place", String(120), nullable=False, server_default=""),
    Column("seen_on", Day),
    Column("offered", Text, nullable=False, server_default=""),
)  # fmt: skip

identities = Table(
    "identities", metadata,
    Column("platform", String(16), primary_key=True),
    Column("external_id", String(64), primary_key=True),
    _learner(),
    Column("chat_id", String(64), nullable=False, server_default=""),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Index("identities_by_learner", "learner_id"),
)  # fmt: skip

enrollments = Table(
    "enrollments", metadata,
    Column("id", _ID, primary_key=True),
    _learner(),
    Column("roadmap_id", String(24), nullable=False),
    Column("started_on", Day, nullable=False),
    Column("hours", Float, nullable=False),
    Column("anchor_week", SmallInteger, nullable=False),
    Column("anchor_on", Day, nullable=False),
    Column("state", String(8), nullable=False),
    Column("paused_until", Day),
    Column("finished_at", Instant),
    Column("focus_week", SmallInteger, nullable=False, server_default="1"),
    Column("next_push_on", Day),
    Column("next_push_at", Instant),
    Column("over_on", Day),
    Index("enrollments_by_learner", "learner_id", "roadmap_id", unique=True),
    Index("enrollments_due", "next_push_at", sqlite_where=text("next_push_at IS NOT NULL"),
          postgresql_where=text("next_push_at IS NOT NULL")),
)  # fmt: skip

completions = Table(
    "completions", metadata,
    Column("enrollment_id", _ID, ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True),
    Column("task_id", String(40), primary_key=True),
    Column("done_at", Instant, nullable=False),
    Index("completions_by_time", "enrollment_id", "done_at"),  # what a group did this week, without all it ever did
    sqlite_with_rowid=False,
)  # fmt: skip

journal = Table(
    "journal", metadata,
    Column("id", _ID, primary_key=True),
    _learner(),
    Column("at", Instant, nullable=False),
    Column("verb", String(24), nullable=False),
    Column("change", JSON, nullable=False),
    Index("journal_by_learner", "learner_id", "id"),
)  # fmt: skip

deliveries = Table(
    "deliveries", metadata,
    Column("id", _ID, primary_key=True),
    Column("enrollment_id", _ID, ForeignKey("enrollments.id", ondelete="CASCADE"), nullable=False),
    _learner(),
    Column("kind", String(12), nullable=False),
    Column("local_date", Day, nullable=False),
    Column("minute", SmallInteger, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("missed", SmallInteger, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("priority", SmallInteger, nullable=False, server_default="1"),
    Column("last_error", Text, nullable=False, server_default=""),
    Index("deliveries_key", "enrollment_id", "kind", "local_date", "minute", unique=True),
    Index("deliveries_ready", "priority", "not_before", sqlite_where=text("state = 0"),
          postgresql_where=text("state = 0")),
    Index("deliveries_held", "lease_until", sqlite_where=text("state = 1"), postgresql_where=text("state = 1")),
    Index("deliveries_dead", "id", sqlite_where=text("state = 4"), postgresql_where=text("state = 4")),
    Index("deliveries_by_learner", "learner_id"),
)  # fmt: skip

seen = Table(
    "seen", metadata,
    Column("platform", String(16), primary_key=True),
    Column("event_id", String(80), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("seen_by_time", "at"),
    sqlite_with_rowid=False,
)  # fmt: skip

inbox = Table(
    "inbox", metadata,
    Column("id", _ID, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("event_id", String(80), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("replies", JSON(none_as_null=True)),
    Column("sent", SmallInteger, nullable=False, server_default="0"),
    Column("draft", String(32), nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Index("inbox_event", "platform", "event_id", unique=True),
)  # fmt: skip

marks = Table(
    "marks", metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

quiz_runs = Table(
    "quiz_runs", metadata,
    Column("learner_id", _ID, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("about", String(60), nullable=False),
    Column("items", JSON, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("answered_right", SmallInteger, nullable=False, server_default="0"),
    Column("at", SmallInteger, nullable=False, server_default="0"),
)  # fmt: skip

quiz_answers = Table(
    "quiz_answers", metadata,
    Column("learner_id", _ID, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("item", String(60), primary_key=True),
    Column("was_right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

budgets = Table(
    "budgets", metadata,
    Column("account", String(100), primary_key=True),
    Column("day", Day, primary_key=True),
    Column("reserved", Integer, nullable=False, server_default="0"),
    Column("spent", Integer, nullable=False, server_default="0"),
    Column("told", SmallInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)  # fmt: skip

link_codes = Table(
    "link_codes", metadata,
    Column("mark", String(64), primary_key=True),
    _learner(),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used", Boolean, nullable=False, server_default=text("false")),
    Index("link_codes_by_learner", "learner_id"),
)  # fmt: skip

tally = Table(
    "tally", metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("at", Instant, nullable=False),
    Index("tally_by_name", "name"),
    Index("tally_by_age", "at"),
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    Column("id", _ID, primary_key=True),
    _learner(),
    Column("roadmap_id", String(24), nullable=False),
    Column("project_id", String(40), nullable=False, server_default=""),
    Column("url", String(300), nullable=False),
    Column("note", String(120), nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Index("evidence_key", "learner_id", "roadmap_id", "project_id", "url", unique=True),
    Index("evidence_latest", "learner_id", "at", "id"),
    sqlite_autoincrement=True,  # a button names a row by its number, so that number is never another's
)  # fmt: skip
