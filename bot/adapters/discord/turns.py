"""One thing at a time for each person, in the order in which they said it; and no more than so many waiting."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Turn:
    """A place in somebody's line, taken the moment they spoke."""

    def __init__(self, line: dict[str, list[Turn]], key: str) -> None:
        self._line, self._key = line, key
        self._before = line[key][-1] if line.get(key) else None
        self.over = asyncio.Event()
        line.setdefault(key, []).append(self)

    async def __aenter__(self) -> None:
        if self._before is not None:
            await self._before.over.wait()
            self._before = None  # or the whole line would be held in memory

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Let the next one in."""
        self.over.set()
        waiting = self._line.get(self._key, [])
        if self in waiting:
            waiting.remove(self)
        if not waiting:
            self._line.pop(self._key, None)


class Turns:
    """Everybody's lines."""

    def __init__(self, longest: int = 20) -> None:
        self.longest = longest
        self.lines: dict[str, list[Turn]] = {}

    def take(self, key: str) -> Turn | None:
        """A place at the end of somebody's line; None when it is too long."""
        if self.waiting(key) >= self.longest:
            return None
        return Turn(self.lines, key)

    def waiting(self, key: str) -> int:
        """How many things of somebody's are not done yet."""
        return len(self.lines.get(key, []))

    async def idle(self) -> None:
        """Wait until nothing is being done for anybody."""
        while self.lines:
            await next(iter(self.lines.values()))[-1].over.wait()
