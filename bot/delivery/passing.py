"""Time that passes by hand: what falls due on the way is sent, each at its own instant."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.delivery.pushes import Pushes
from bot.engine.ports import Clock


class MovableClock(Clock, Protocol):
    """A clock in somebody's hand."""

    def move(self, to: datetime) -> None:
        """Set the time; never back."""


async def pass_time(pushes: Pushes, clock: MovableClock, to: datetime) -> None:
    """Move a clock from one due instant to the next, sending what is due at each, up to a given time."""
    while (due := await pushes.next_due()) is not None and due <= to:
        clock.move(max(due, clock.now()))
        if not await pushes.tick() and await pushes.next_due() == due:
            break  # what is due now cannot go; a plan whose push is there already moves on without one
    clock.move(to)
