"""Stops asking a server that keeps failing, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 4
REST = timedelta(minutes=2)
LONGEST_REST = timedelta(hours=1)
"""What a server asks for is kept to, up to here: a wrong number must not turn the model off for days."""


@dataclass(slots=True)
class Breaker:
    """Open after some failures in a row, or when the server names a time; lets one call through when it has rested."""

    failures: int = 0
    until: datetime | None = None
    alone: datetime | None = None

    def lets(self, now: datetime) -> bool:
        """Whether a call may be made; when the rest is over, one is, and the rest begins anew until it succeeds."""
        if self.alone is not None and now < self.alone:  # whatever went well beside it, the server said so
            return False
        if self.until is None:
            return True
        if now < self.until:
            return False
        self.until = now + REST
        return True

    def succeeded(self) -> None:
        """A call went well."""
        self.failures, self.until = 0, None

    def failed(self, now: datetime, asked_for: timedelta | None = None) -> None:
        """A call failed; `asked_for` is how long the server wants to be left alone."""
        self.failures += 1
        if self.failures >= FAILURES:
            self.until = now + REST
        if asked_for:
            until = now + min(asked_for, LONGEST_REST)
            self.alone = max(until, self.alone or until)
