"""The usual way, for comparison: an async ORM, objects loaded and saved one by one, a commit a chunk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry, relationship

from bot.domain.delivery import DeliveryKind
from bot.domain.learner import Preferences, QuietHours
from bot.storage.tables import completions, deliveries, enrollments, identities, inbox, learners, seen

mapped = registry()


class Learner: ...


class Identity: ...


class Enrollment: ...


class Completion: ...


class Delivery:
    def __init__(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self, name, value)


class Seen(Delivery): ...


class Event(Delivery): ...


mapped.map_imperatively(Learner, learners)
mapped.map_imperatively(Identity, identities, properties={"learner": relationship(Learner)})
mapped.map_imperatively(Completion, completions)
mapped.map_imperatively(
    Enrollment, enrollments, properties={"learner": relationship(Learner), "done": relationship(Completion)}
)
mapped.map_imperatively(Delivery, deliveries)
mapped.map_imperatively(Seen, seen)
mapped.map_imperatively(Event, inbox)


def engine(url: str) -> AsyncEngine:
    """An engine as one sets it up: aiosqlite with WAL, or asyncpg."""
    parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    driver = "sqlite+aiosqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+asyncpg"
    made = create_async_engine(parsed.set(drivername=driver))
    if driver.startswith("sqlite"):
        event.listen(made.sync_engine, "connect", _tune)
        event.listen(made.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def _tune(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 20000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def plan(sessions: async_sessionmaker[AsyncSession], now: datetime) -> int:
    """Plan all that is due, 200 a transaction."""
    count = 0
    due = select(Enrollment, Learner).join(Learner).where(enrollments.c.next_push_at <= now).limit(200)
    while True:
        async with sessions() as session, session.begin():
            found = (await session.execute(due)).all()
            for enrollment, learner in found:
                _owe(session, enrollment, learner)
        if not found:
            return count
        count += len(found)


def _owe(session: AsyncSession, enrollment: Any, learner: Any) -> None:
    quiet = QuietHours(learner.quiet_start, learner.quiet_end)
    preferences = Preferences(learner.zone, learner.weekday, learner.push_time, quiet)
    day = enrollment.next_push_on
    at = preferences.push_instant(day)
    session.add(Delivery(
        enrollment_id=enrollment.id, learner_id=learner.id, kind=DeliveryKind.WEEKLY.value, local_date=day, due_at=at,
        not_before=at, expires_at=at + timedelta(weeks=1), state=0,
    ))  # fmt: skip
    enrollment.next_push_on = day + timedelta(weeks=1)
    enrollment.next_push_at = preferences.push_instant(enrollment.next_push_on)


async def note_done(sessions: async_sessionmaker[AsyncSession], number: int, who: int, now: datetime) -> None:
    """One learner marks one task done: the event, the learner, the plan with what is done, the new row."""
    async with sessions() as session, session.begin():
        session.add(Seen(platform="test", event_id=f"orm{number}", at=now))
        await session.flush()
        mine = select(Identity, Learner).join(Learner).where(identities.c.external_id == str(who))
        _, learner = (await session.execute(mine)).one()
        plan_ = (await session.execute(select(Enrollment).where(enrollments.c.learner_id == learner.id))).scalar_one()
        (await session.execute(select(Completion).where(completions.c.enrollment_id == plan_.id))).scalars().all()
        done = Completion()
        done.enrollment_id, done.task_id, done.done_at = plan_.id, f"o{number}", now  # type: ignore[attr-defined]
        session.add(done)
        learner.asked = f"a{number}"
