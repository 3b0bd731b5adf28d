"""Whoever says more than anyone reads is asked once to slow down; the rest of it is left out."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum

from bot.delivery.pacing import Slot, Window

log = logging.getLogger(__name__)

FLOOD, FLOOD_SECONDS = 30, 10.0
KEPT = 10_000
"""So many senders, and so many updates, are remembered."""


class Verdict(Enum):
    """What becomes of an update: it is read, answered by a request to slow down, or left out."""

    READ = "read"
    SLOW_DOWN = "slow down"
    LEFT_OUT = "left out"


class FloodGuard:
    """Counts what each person says. An update that comes again is judged as it was before: Telegram repeats what we
    could not keep, and nobody has said more by that."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._told: set[str] = set()
        self._senders: dict[str, Window] = {}
        self._judged: OrderedDict[int, Verdict] = OrderedDict()

    def judge(self, number: int, sender: str, at: float) -> Verdict:
        """What becomes of update `number`, which `sender` sent at an instant in seconds."""
        verdict = self._judged.get(number) or self._fresh(sender, at)
        self._judged[number] = verdict
        if len(self._judged) > KEPT:
            self._judged.popitem(last=False)
        return verdict

    def _fresh(self, sender: str, at: float) -> Verdict:
        if self._has_room(sender, at):
            self._told.discard(sender)
            return Verdict.READ
        if sender in self._told:
            return Verdict.LEFT_OUT
        self._told.add(sender)
        log.info("a sender says too much at once; the rest of it is left out")
        return Verdict.SLOW_DOWN

    def _has_room(self, sender: str, at: float) -> bool:
        """Whether one more is read, which then counts. A backlog counts by when it was said, not by its arrival."""
        if len(self._senders) > KEPT:
            self._senders.clear()
        window = self._senders.setdefault(sender, Window(FLOOD, FLOOD_SECONDS))
        if window.wait(at) > 0:
            return False
        window.take(Slot(at, self._now))
        return True
