"""Failures on order: the next request that fits is refused, cut off, delayed, or handed to the test first."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Hook = Callable[[], Awaitable[None] | None]


@dataclass
class Fault:
    """What to do to requests of a method and path: `times` of them, before or after they took effect.

    `kind`: a status such as "503" or "429", "ban" (a 429 without `Via`), "reset", "hang", or "call" for a hook alone.
    """

    kind: str
    method: str
    path: re.Pattern[str]
    times: int = 1
    after: bool = False
    seconds: float = 0.05
    code: int = 0
    hook: Hook | None = None

    def fits(self, method: str, path: str, after: bool) -> bool:
        return self.times > 0 and self.after == after and method == self.method and bool(self.path.search(path))


@dataclass
class Faults:
    """The failures that are still to come."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, kind: str, path: str, method: str = "POST", **more: object) -> Fault:
        """Order a failure."""
        fault = Fault(kind, method, re.compile(path), **more)  # type: ignore[arg-type]
        self.waiting.append(fault)
        return fault

    def take(self, method: str, path: str, *, after: bool) -> Fault | None:
        """The failure that meets this request, if any; it is used up by one."""
        for fault in self.waiting:
            if fault.fits(method, path, after):
                fault.times -= 1
                return fault
        return None
