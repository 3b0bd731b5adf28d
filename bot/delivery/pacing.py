"""How fast we speak: below a platform's limits by our own count, so that it never has to refuse.

Answers go before pushes. An answer waits only when its chat is full, when the platform asked us to wait, or for the
slot a push has taken; a push waits for its chat and for a free slot, and slots are spread evenly over the second.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Sleep = Callable[[float], Awaitable[None]]
CATCH_UP = 0.3
"""Seconds of a pause between pushes that are made up for by going a little faster, within the limits."""
SWEEP = 4096
"""So many chats' windows are kept before the empty ones are thrown away."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A platform's limits: messages a second over all chats, a second in one chat, and a minute in one group.

    `burst` is how many answers a second may go out while nothing is pushed. `margin` stretches each window a
    little, for clocks that do not quite agree.
    """

    overall: int = 30
    chat: int = 1
    group: int = 20
    burst: int = 100
    margin: float = 1.005


@dataclass(slots=True)
class Slot:
    """A message's place in the windows. Until `done` is called it counts from when it left; after that from when it
    had surely arrived, so that a slow way there never lets us pass a limit."""

    at: float
    now: Callable[[], float]

    def done(self) -> None:
        """The platform has answered."""
        self.at = self.now()


@dataclass(slots=True)
class Window:
    """The latest messages, oldest first, and how many are allowed in so many seconds."""

    limit: int
    seconds: float
    slots: deque[Slot] = field(default_factory=deque)

    def count(self, now: float) -> int:
        """How many lie within the window that ends now."""
        while self.slots and self.slots[0].at <= now - self.seconds:
            self.slots.popleft()
        return len(self.slots)

    def wait(self, now: float, spare: int = 0) -> float:
        """Seconds until one more is allowed, with so many to spare."""
        over = self.count(now) - self.limit + spare
        return max(0.0, self.slots[over].at + self.seconds - now) if over >= 0 else 0.0

    def take(self, slot: Slot) -> None:
        """Note one more."""
        self.count(slot.at)
        self.slots.append(slot)


class Pacing:
    """One platform's pace. Call `turn` before each message and `hold` when the platform asks for a pause."""

    def __init__(
        self, rates: Rates = Rates(), now: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.rates = rates
        self._now = now
        self._sleep = sleep
        self._all = Window(rates.overall, rates.margin)
        self._pushes = Window(rates.overall, rates.margin)
        self._burst = Window(rates.burst, rates.margin)
        self._chats: dict[str, Window] = {}
        self._groups: dict[str, Window] = {}
        self._held: dict[str, float] = {}
        self._told: dict[str, float] = {}
        self._queue = asyncio.Lock()
        self._next = 0.0

    async def answer(self, chat: str, *, group: bool = False) -> Slot:
        """Wait until an answer may go to a chat, and count it."""
        await self._until_free(self._answer_wait, chat, group)
        return self._take(chat, group)

    async def push(self, chat: str, *, group: bool = False) -> Slot:
        """Wait until a push may go to a chat, and count it. Pushes take their turns in order."""
        await self._until_free(self._chat_wait, chat, group)
        async with self._queue:
            await self._until_free(self._push_wait, chat, group)
            self._next = max(self._next, self._now() - CATCH_UP) + self._interval
            slot = self._take(chat, group)
            self._pushes.take(slot)
            return slot

    async def _until_free(self, wait: Callable[[str, bool, float], float], chat: str, group: bool) -> None:
        while (seconds := wait(chat, group, self._now())) > 0:
            await self._sleep(seconds)

    def hold(self, seconds: float, chat: str = "") -> None:
        """The platform asked for a pause: in one chat, or ("") everywhere."""
        self._held[chat] = max(self._held.get(chat, 0.0), self._now() + seconds)

    def refused(self, seconds: float, chat: str, *, group: bool = False) -> None:
        """The platform asked for a pause when we wrote to a chat. That chat alone may have been too much, and one
        person's flood must not silence all: everybody waits only when a second chat is told so meanwhile. A group has
        a limit of its own, which says nothing about others."""
        now = self._now()
        if not group:
            self._told = {other: until for other, until in self._told.items() if until > now}
            self.hold(seconds, "" if self._told.keys() - {chat} else chat)
            self._told[chat] = now + seconds
        else:
            self.hold(seconds, chat)

    def held(self, chat: str) -> float:
        """Seconds for which the platform asked us to leave a chat alone; 0 or less when it did not."""
        return self._held_for(chat, self._now())

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

    def _take(self, chat: str, group: bool) -> Slot:
        slot = Slot(self._now(), self._now)
        self._all.take(slot)
        self._burst.take(slot)
        self._window(self._chats, chat, self.rates.chat, self.rates.margin).take(slot)
        if group:
            self._window(self._groups, chat, self.rates.group, 60 * self.rates.margin).take(slot)
        return slot

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
