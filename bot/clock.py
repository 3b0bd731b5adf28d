"""Where the time comes from: the system, or a hand that moves it."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """See `Clock.now`."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved, and never goes back."""

    def __init__(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._now

    def move(self, to: datetime) -> None:
        """Set the time. Raises `ValueError` for a time before the present one."""
        if to < self._now:
            raise ValueError(f"the clock stands at {self._now.isoformat()} and only moves forward")
        self._now = to.astimezone(UTC)
