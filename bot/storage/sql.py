"""Values and SQL for the hot paths, where SQLAlchemy's conversions would cost more than the database."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from bot.storage.connection import Connection
from bot.storage.tables import EPOCH, MILLISECOND


@lru_cache(maxsize=64)
def _spoken(dialect: str, sql: str) -> str:
    if dialect == "postgresql":
        return sql.replace("/* ", "").replace(" */", "")
    return sql.replace("$", "?")


def spoken(connection: Connection, sql: str) -> str:
    """SQL written with $1 and with /* what only PostgreSQL needs */, as the connection's database takes it."""
    return _spoken(connection.dialect.name, sql)


def millis(at: datetime) -> int:
    """An instant as it is stored."""
    return (at - EPOCH) // MILLISECOND


@lru_cache(maxsize=4096)
def instant(value: int) -> datetime:
    """A stored instant."""
    return EPOCH + value * MILLISECOND


@lru_cache(maxsize=1440)
def minutes(value: int) -> time:
    """A stored time of day."""
    return time(*divmod(value, 60))


@lru_cache(maxsize=4096)
def day(value: int) -> date:
    """A stored date."""
    return date.fromordinal(value)
