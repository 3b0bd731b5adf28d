"""What one answer may cost: tokens are reserved before each call to the model and settled when all is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.answers.usage import Usage
from bot.domain.answer import Spender
from bot.engine.storing import Store

CHARACTERS_A_TOKEN = 3


@dataclass
class Account:
    """The tokens of one answer, on one day: midnight may pass while it is made. A call is counted by what was sent and
    said until its server tells what it cost. `personal` says that what was looked up is the learner's own, so that
    nobody else may be given the answer."""

    store: Store
    spender: Spender
    at: datetime
    reserved: int = 0
    personal: bool = False
    _before: int = 0
    _call: int = 0

    @property
    def spent(self) -> int:
        """The tokens of all calls so far."""
        return self._before + self._call

    async def reserve(self, tokens: int) -> bool:
        """Set tokens aside; False when there are not so many."""
        async with self.store.work() as work:
            if not await work.budgets.reserve(self.spender, tokens, self.at):
                return False
        self.reserved += tokens
        return True

    def begin(self, tokens: int) -> None:
        """A call begins, with so many tokens sent."""
        self._before, self._call = self.spent, tokens

    def spend(self, text: str) -> None:
        """Count what was said."""
        self._call += len(text) // CHARACTERS_A_TOKEN + 1

    def told(self, usage: Usage) -> None:
        """The server says what the call has cost, which is better than counting."""
        self._call = usage.tokens

    def refused(self) -> None:
        """The call was refused before anything was done for it."""
        self._call = 0

    async def tells(self) -> bool:
        """Whether it is time to say that nothing is left."""
        async with self.store.work() as work:
            return await work.budgets.tell_once(self.spender, self.at)

    async def settle(self) -> None:
        """Give back what was not spent."""
        async with self.store.work() as work:
            await work.budgets.settle(self.spender, self.reserved, self.spent, self.at)
