"""Budgets in a plain dictionary."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSet
from datetime import date, datetime

from bot.domain.answer import Spender

Accounts = MutableMapping[tuple[str, date], tuple[int, int]]


class MemoryBudgets:
    """See `bot.engine.storing.Budgets`."""

    def __init__(self, accounts: Accounts, told: MutableSet[tuple[str, date]]) -> None:
        self._accounts = accounts
        self._told = told

    async def reserve(self, spender: Spender, tokens: int, now: datetime) -> bool:
        """See `Budgets.reserve`."""
        if any(sum(self._of(account, now)) + tokens > limit for account, limit in spender.accounts()):
            return False
        for account, _ in spender.accounts():
            reserved, spent = self._of(account, now)
            self._accounts[account, now.date()] = (reserved + tokens, spent)
        return True

    async def tell_once(self, spender: Spender, now: datetime) -> bool:
        """See `Budgets.tell_once`."""
        key = (spender.accounts()[0][0], now.date())
        fresh = key not in self._told
        self._told.add(key)
        return fresh

    async def settle(self, spender: Spender, reserved: int, spent: int, now: datetime) -> None:
        """See `Budgets.settle`."""
        for account, _ in spender.accounts():
            held, before = self._of(account, now)
            self._accounts[account, now.date()] = (held - reserved, before + spent)

    def _of(self, account: str, now: datetime) -> tuple[int, int]:
        return self._accounts.get((account, now.date()), (0, 0))
