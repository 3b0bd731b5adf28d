"""From the inbox to the answer: events of one chat in order, chats side by side, nothing lost when we die half-way."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.engine.ports import Clock
from bot.engine.storing import Event, Inbox, Received

log = logging.getLogger(__name__)

Answer = Callable[[Received], Awaitable[None]]


class LeftForLater(Exception):
    """An event cannot be answered now: it stays in the inbox, and its chat waits, until the next start."""


LOOK, LOOK_AGAIN = 0.25, 5.0
"""Seconds between two looks at what other processes have put into the inbox, and after one that failed."""


class Intake:
    """One platform's events. `answer` is called with each, and does all that the event asks for.

    Any number of processes may receive; one of them answers, the one that was told to `resume`. So a chat's events stay
    in order, each is answered once, and one process alone keeps the platform's pace.
    """

    def __init__(self, inbox: Inbox, clock: Clock, platform: str, answer: Answer) -> None:
        self._inbox = inbox
        self._clock = clock
        self._platform = platform
        self._answer = answer
        self._lanes: dict[str, deque[Received]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._door = asyncio.Lock()
        self._in_hand: set[int] = set()
        self._answers = False

    async def resume(self) -> int:
        """Answer from now on, first what an earlier run or another process left. Returns how much that is."""
        self._answers = True
        waiting = await self._inbox.waiting(self._platform)
        self._line_up(waiting)
        return len(waiting)

    async def attend(self) -> None:
        """Answer what other processes receive, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                self._line_up(await self._inbox.waiting(self._platform))
            except Exception:
                log.exception("the inbox cannot be read; looking again")
                await asyncio.sleep(LOOK_AGAIN)

    async def receive(self, events: Sequence[Event]) -> None:
        """Take events in. When this returns they are on disk, and the platform may forget them."""
        received = await self._inbox.receive(events, self._clock.now()) if events else ()
        if self._answers:
            self._line_up(received)

    async def idle(self) -> None:
        """Wait until nothing is left to answer."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, grace: float = 5.0) -> None:
        """Give answers under way a moment to finish, then stop; what is left stays in the inbox."""
        self._answers = False
        for lane in self._lanes.values():
            while len(lane) > 1:
                lane.pop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _line_up(self, received: Iterable[Received]) -> None:
        for item in received:
            if item.number in self._in_hand:
                continue
            self._in_hand.add(item.number)
            chat = item.event.chat
            if chat in self._lanes:
                self._lanes[chat].append(item)
                continue
            self._lanes[chat] = deque([item])
            task = asyncio.create_task(self._drain(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self, chat: str) -> None:
        lane = self._lanes[chat]
        try:
            while lane:
                await self._enter()
                await self._take(lane[0])
                self._in_hand.discard(lane.popleft().number)
        except LeftForLater:
            pass
        finally:
            self._in_hand.difference_update(item.number for item in lane)
            del self._lanes[chat]

    async def _enter(self) -> None:
        """Wait for whoever began before us to get as far as waiting for something. Else, of fifty who speak at once,
        the first would be answered when all fifty answers are worked out."""
        async with self._door:
            await asyncio.sleep(0)

    async def _take(self, item: Received) -> None:
        try:
            await self._answer(item)
            await self._inbox.answered(item.number)
        except LeftForLater:
            raise
        except Exception:
            log.exception("event could not be answered", extra={"event": item.event.event_id})
            await self._let_go(item)

    async def _let_go(self, item: Received) -> None:
        try:
            await self._inbox.answered(item.number)
        except Exception:
            log.exception("event could not be taken out of the inbox", extra={"event": item.event.event_id})
