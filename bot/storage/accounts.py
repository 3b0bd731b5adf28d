"""A person's accounts in the tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from bot.domain.joining import Joining
from bot.domain.learner import Identity
from bot.domain.linking import WINDOW, LinkCode
from bot.storage import joining as merging
from bot.storage.connection import Connection
from bot.storage.tables import enrollments, identities, journal, learners, link_codes


class SqlAccounts:
    """See `bot.engine.people.Accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def keep_code(self, mark: str, code: LinkCode) -> None:
        """See `Accounts.keep_code`."""
        open_ones = (link_codes.c.learner_id == code.learner_id) & link_codes.c.used.is_(False)
        old = link_codes.c.made_at <= code.made_at - WINDOW
        await self._db.execute(delete(link_codes).where(open_ones | old))
        fields = {"learner_id": code.learner_id, "platform": code.platform, "external_id": code.external_id}
        await self._db.execute(insert(link_codes).values(mark=mark, made_at=code.made_at, used=code.used, **fields))

    async def code(self, mark: str) -> LinkCode | None:
        """See `Accounts.code`."""
        row = (await self._db.execute(select(link_codes).where(link_codes.c.mark == mark))).one_or_none()
        return LinkCode(row.learner_id, row.platform, row.external_id, row.made_at, row.used) if row else None

    async def use_code(self, mark: str) -> bool:
        """See `Accounts.use_code`."""
        free = (link_codes.c.mark == mark) & link_codes.c.used.is_(False)
        return bool((await self._db.execute(update(link_codes).where(free).values(used=True))).rowcount)

    async def hold(self, *learner_ids: int) -> None:
        """See `Accounts.hold`. SQLite has but one writer at a time; there this only reads."""
        # No stronger lock on learners: planning refers to their rows while it holds their plans, and we wait for those.
        people = select(learners.c.id).where(learners.c.id.in_(learner_ids)).order_by(learners.c.id)
        await self._db.execute(people.with_for_update(key_share=True))
        plans = select(enrollments.c.id).where(enrollments.c.learner_id.in_(learner_ids)).order_by(enrollments.c.id)
        await self._db.execute(plans.with_for_update())

    async def last_act(self, learner_id: int) -> datetime | None:
        """See `Accounts.last_act`."""
        found: datetime | None = await self._db.scalar(
            select(func.max(journal.c.at, type_=journal.c.at.type)).where(journal.c.learner_id == learner_id)
        )
        return found

    async def join(self, joining: Joining) -> None:
        """See `Accounts.join`."""
        await merging.join(self._db, joining)

    async def leave(self, learner_id: int, platform: str) -> None:
        """See `Accounts.leave`."""
        for table in (identities, link_codes):
            there = (table.c.learner_id == learner_id) & (table.c.platform == platform)
            await self._db.execute(delete(table).where(there))

    async def refresh(self, identity: Identity) -> None:
        """See `Accounts.refresh`."""
        same = (identities.c.platform == identity.platform) & (identities.c.external_id == identity.external_id)
        fields = {"chat_id": identity.chat_id, "reachable": identity.reachable}
        await self._db.execute(update(identities).where(same).values(**fields))
