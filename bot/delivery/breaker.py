"""Leaves a platform alone that answers nothing but errors, and looks now and then whether it is back."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

log = logging.getLogger(__name__)

FAILURES = 5
"""So many in a row, whomever they were for, are the platform's and not the message's."""
FIRST, LONGEST = timedelta(seconds=5), timedelta(minutes=2)
MOMENT = timedelta(seconds=1)
"""The shortest wait: the outbox counts in milliseconds, and less than one would come back at once."""


@dataclass(slots=True)
class Breaker:
    """Open after some failures in a row. When it has rested it lets one message through; that one's luck decides."""

    platform: str
    jitter: Callable[[], float] = random.random
    failures: int = 0
    until: datetime | None = None
    rest: timedelta = FIRST
    looking: bool = False
    """Whether one message is on its way to look. Others that were when the platform went away prove nothing more."""

    @property
    def open(self) -> bool:
        """Whether the platform is left alone."""
        return self.until is not None

    def resting_until(self, now: datetime) -> datetime | None:
        """The instant before which nobody need ask; None when somebody may."""
        return self.until if self.until is not None and now < self.until else None

    def wait(self, now: datetime) -> timedelta | None:
        """How long a message has to wait, or None when it may go. When a rest is over, whoever asks first may."""
        if self.until is None:
            return None
        if now < self.until:
            return max(self.until - now, MOMENT)
        self.looking = True
        self._rest(now)
        return None

    def succeeded(self) -> None:
        """The platform took a message, or said why not."""
        if self.open:
            log.warning("%s answers again; pushes go on", self.platform)
        self.failures, self.until, self.rest, self.looking = 0, None, FIRST, False

    def failed(self, now: datetime) -> None:
        """The platform was not there."""
        self.failures += 1
        if self.looking:
            self.rest, self.looking = min(self.rest * 2, LONGEST), False
            self._rest(now)
        elif self.open:
            return
        elif self.failures >= FAILURES:
            log.warning("%s fails again and again; its pushes wait until it answers", self.platform)
            self._rest(now)

    def _rest(self, now: datetime) -> None:
        self.until = now + self.rest * (0.5 + self.jitter() / 2)
