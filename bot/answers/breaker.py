"""Stops asking a server that keeps failing, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 4
REST = timedelta(minutes=2)


@dataclass(slots=True)
class Breaker:
    """Open after some failures in a row; lets one call through when it has rested."""

    failures: int = 0
    until: datetime | None = None

    def lets(self, now: datetime) -> bool:
        """Whether a call may be made; when the rest is over, one is, and the rest begins anew until it succeeds."""
        if self.until is None:
            return True
        if now < self.until:
            return False
        self.until = now + REST
        return True

    def succeeded(self) -> None:
        """A call went well."""
        self.failures, self.until = 0, None

    def failed(self, now: datetime) -> None:
        """A call failed."""
        self.failures += 1
        if self.failures >= FAILURES:
            self.until = now + REST
