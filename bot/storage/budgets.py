"""Budgets in the tables: a reservation is a guarded update, so two who race for the last token cannot both have it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.answer import Spender
from bot.storage.connection import Connection
from bot.storage.tables import budgets


class SqlBudgets:
    """See `bot.engine.storing.Budgets`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def reserve(self, spender: Spender, tokens: int, now: datetime) -> bool:
        """See `Budgets.reserve`."""
        taken: list[str] = []
        for account, limit in spender.accounts():
            if not await self._taken(account, tokens, limit, now):
                for before in taken:
                    await self._change(before, -tokens, 0, now)
                return False
            taken.append(account)
        return True

    async def _taken(self, account: str, tokens: int, limit: int, now: datetime) -> bool:
        insert: Any = (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(budgets)
        day = now.date()
        await self._db.execute(insert.values(account=account, day=day).on_conflict_do_nothing())
        fits = budgets.c.reserved + budgets.c.spent + tokens <= limit
        mine = (budgets.c.account == account) & (budgets.c.day == day) & fits
        row = update(budgets).where(mine).values(reserved=budgets.c.reserved + tokens)
        return bool((await self._db.execute(row)).rowcount)

    async def tell_once(self, spender: Spender, now: datetime) -> bool:
        """See `Budgets.tell_once`."""
        account = spender.accounts()[0][0]
        insert: Any = (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(budgets)
        await self._db.execute(insert.values(account=account, day=now.date()).on_conflict_do_nothing())
        mine = (budgets.c.account == account) & (budgets.c.day == now.date()) & (budgets.c.told == 0)
        return bool((await self._db.execute(update(budgets).where(mine).values(told=1))).rowcount)

    async def settle(self, spender: Spender, reserved: int, spent: int, now: datetime) -> None:
        """See `Budgets.settle`."""
        for account, _ in spender.accounts():
            await self._change(account, -reserved, spent, now)

    async def _change(self, account: str, reserved: int, spent: int, now: datetime) -> None:
        mine = (budgets.c.account == account) & (budgets.c.day == now.date())
        new = {"reserved": budgets.c.reserved + reserved, "spent": budgets.c.spent + spent}
        await self._db.execute(update(budgets).where(mine).values(**new))

    async def forget(self, learner_id: int) -> None:
        """Remove a learner's accounts."""
        await self._db.execute(delete(budgets).where(budgets.c.account == f"learner:{learner_id}"))

    async def join(self, stays: int, goes: int) -> None:
        """What one learner spent counts as another's: two accounts of a person have no two budgets."""
        theirs = select(budgets).where(budgets.c.account == f"learner:{goes}")
        for row in (await self._db.execute(theirs)).all():
            insert: Any = (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(budgets)
            added = insert.values(account=f"learner:{stays}", day=row.day, spent=row.spent)
            sums = {"spent": budgets.c.spent + row.spent}
            await self._db.execute(added.on_conflict_do_update(index_elements=["account", "day"], set_=sums))
        await self.forget(goes)

    async def spent(self, now: datetime) -> dict[str, int]:
        """What each account has spent today."""
        rows = await self._db.execute(select(budgets).where(budgets.c.day == now.date()))
        return {row.account: row.spent for row in rows}
