"""How fast we speak: below a platform's limits by our own count, so that it never has to refuse.

Answers go before pushes. An answer waits only when its chat is full, when the platform asked us to wait, or for the
slot a push has taken; a push waits for its chat and for a free slot, and slots are spread evenly over the second.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

SWEEP = 4096
"""So many chats' windows are kept before the empty ones are thrown away."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A platform's limits: messages a second over all chats, a second in one chat, and a minute in one group.

    `burst` is how many answers a second may go out while nothing is pushed. `margin` stretches each window a
    little, since what leaves evenly does not arrive evenly.
    """

    overall: int = 30
    chat: int = 1
    group: int = 20
    burst: int = 100
    margin: float = 1.02


@dataclass(slots=True)
class Window:
    """The latest instants at which something happened, and how many are allowed in so many seconds."""

    limit: int
    seconds: float
    at: deque[float] = field(default_factory=deque)

    def count(self, now: float) -> int:
        """How many lie within the window that ends now."""
        while self.at and self.at[0] <= now - self.seconds:
            self.at.popleft()
        return len(self.at)

    def wait(self, now: float, spare: int = 0) -> float:
        """Seconds until one more is allowed, with so many to spare."""
        over = self.count(now) - self.limit + spare
        return max(0.0, self.at[over] + self.seconds - now) if over >= 0 else 0.0

    def take(self, now: float) -> None:
        """Note one more."""
        self.count(now)
        self.at.append(now)


class Pacing:
    """One platform's pace. Call `turn` before each message and `hold` when the platform asks for a pause."""

    def __init__(self, rates: Rates = Rates(), now: Callable[[], float] = time.monotonic) -> None:
        self.rates = rates
        self._now = now
        self._all = Window(rates.overall, rates.margin)
        self._pushes = Window(rates.overall, rates.margin)
        self._burst = Window(rates.burst, rates.margin)
        self._chats: dict[str, Window] = {}
        self._groups: dict[str, Window] = {}
        self._held: dict[str, float] = {}
        self._queue = asyncio.Lock()
        self._next = 0.0

    async def answer(self, chat: str, *, group: bool = False) -> None:
        """Wait until an answer may go to a chat, and count it."""
        await self._until_free(self._answer_wait, chat, group)
        self._take(chat, group, self._now())

    async def push(self, chat: str, *, group: bool = False) -> None:
        """Wait until a push may go to a chat, and count it. Pushes take their turns in order."""
        await self._until_free(self._chat_wait, chat, group)
        async with self._queue:
            await self._until_free(self._push_wait, chat, group)
            now = self._now()
            self._next = max(self._next, now - self._interval) + self._interval
            self._pushes.take(now)
            self._take(chat, group, now)

    async def _until_free(self, wait: Callable[[str, bool, float], float], chat: str, group: bool) -> None:
        while (seconds := wait(chat, group, self._now())) > 0:  # noqa: ASYNC110 - it is time itself that we wait for
            await asyncio.sleep(seconds)

    def hold(self, seconds: float, chat: str = "") -> None:
        """The platform asked for a pause: in one chat, or ("") everywhere."""
        self._held[chat] = max(self._held.get(chat, 0.0), self._now() + seconds)

    @property
    def _interval(self) -> float:
        return self.rates.margin / (self.rates.overall - 1)

    def _answer_wait(self, chat: str, group: bool, now: float) -> float:
        wait = max(self._held_for(chat, now), self._group_wait(chat, now) if group else 0.0, self._burst.wait(now))
        return max(wait, self._all.wait(now)) if self._pushes.count(now) else wait

    def _chat_wait(self, chat: str, group: bool, now: float) -> float:
        wait = self._chats[chat].wait(now) if chat in self._chats else 0.0
        return max(wait, self._group_wait(chat, now) if group else 0.0, self._held_for(chat, now))

    def _group_wait(self, chat: str, now: float) -> float:
        return self._groups[chat].wait(now) if chat in self._groups else 0.0

    def _push_wait(self, chat: str, group: bool, now: float) -> float:
        free = self._all.wait(now, spare=1)  # one slot is always left for an answer
        return max(self._next - now, free, self._chat_wait(chat, group, now))

    def _held_for(self, chat: str, now: float) -> float:
        return max(self._held.get("", 0.0), self._held.get(chat, 0.0)) - now

    def _take(self, chat: str, group: bool, now: float) -> None:
        self._all.take(now)
        self._burst.take(now)
        self._window(self._chats, chat, self.rates.chat, self.rates.margin).take(now)
        if group:
            self._window(self._groups, chat, self.rates.group, 60 * self.rates.margin).take(now)

    def _window(self, windows: dict[str, Window], chat: str, limit: int, seconds: float) -> Window:
        if chat not in windows:
            self._sweep(windows)
            windows[chat] = Window(limit, seconds)
        return windows[chat]

    def _sweep(self, windows: dict[str, Window]) -> None:
        if len(windows) < SWEEP:
            return
        now = self._now()
        for chat in [chat for chat, window in windows.items() if not window.count(now)]:
            del windows[chat]
        for chat in [chat for chat, until in self._held.items() if until <= now]:
            del self._held[chat]
