"""What one answer may cost: tokens are reserved before each call to the model and settled when all is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.answer import Spender
from bot.engine.storing import Store

CHARACTERS_A_TOKEN = 3


@dataclass
class Account:
    """The tokens of one answer, on one day: midnight may pass while it is made. `personal` says that what was looked
    up is the learner's own, so that nobody else may be given the answer."""

    store: Store
    spender: Spender
    at: datetime
    reserved: int = 0
    spent: int = 0
    personal: bool = False

    async def reserve(self, tokens: int) -> bool:
        """Set tokens aside; False when there are not so many."""
        async with self.store.work() as work:
            if not await work.budgets.reserve(self.spender, tokens, self.at):
                return False
        self.reserved += tokens
        return True

    def spend(self, text: str) -> None:
        """Count what was said."""
        self.spent += len(text) // CHARACTERS_A_TOKEN + 1

    async def tells(self) -> bool:
        """Whether it is time to say that nothing is left."""
        async with self.store.work() as work:
            return await work.budgets.tell_once(self.spender, self.at)

    async def settle(self) -> None:
        """Give back what was not spent."""
        async with self.store.work() as work:
            await work.budgets.settle(self.spender, self.reserved, self.spent, self.at)
