"""What is counted so that nothing goes on without end: codes, questions, news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=1)
"""For how long a count is remembered; no allowance looks further back."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be done within a span, and the name it is counted under."""

    name: str
    most: int
    span: timedelta = KEPT

    def of(self, who: object) -> str:
        """The name under which it is counted of somebody."""
        return f"{self.name} {who}"

    def left(self, times: Sequence[datetime], now: datetime) -> int:
        """How often it may be done now still."""
        return max(0, self.most - len(self._recent(times, now)))

    def free_from(self, times: Sequence[datetime], now: datetime) -> datetime | None:
        """When it may be done again; None when it may now."""
        recent = self._recent(times, now)
        return recent[-self.most] + self.span if len(recent) >= self.most else None

    def _recent(self, times: Sequence[datetime], now: datetime) -> list[datetime]:
        return sorted(at for at in times if at > now - self.span)
