"""The door: raw updates become events in the inbox; whoever knocks too often is asked once to slow down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.adapters.telegram.flood import FloodGuard, Verdict
from bot.adapters.telegram.polling import Payload
from bot.adapters.telegram.raw import PLATFORM, TOO_MANY, chat_of, is_talk_of_others, said_at, sender_of
from bot.delivery.intake import Intake, LeftForLater
from bot.engine.ports import Clock
from bot.engine.storing import Event, Inbox, Received

log = logging.getLogger(__name__)


class Reception:
    """Takes updates in for one bot. Sets `refused` when an answer showed that the token is refused."""

    def __init__(self, inbox: Inbox, clock: Clock, bot_id: str, answer: Callable[[Received], Awaitable[None]]) -> None:
        self.refused = asyncio.Event()
        self._bot_id = bot_id
        self._clock = clock
        self._answer = answer
        self._guard = FloodGuard(lambda: clock.now().timestamp())
        self.intake = Intake(inbox, clock, PLATFORM, self._answered)

    async def receive(self, payloads: Sequence[Payload]) -> None:
        """Put updates into the inbox. What is no update of a chat is left out."""
        events = [event for payload in payloads if (event := self._event(payload))]
        await self.intake.receive(events)

    async def resume(self) -> None:
        """Take up what an earlier run left."""
        if count := await self.intake.resume():
            log.info("%d updates from before the restart are answered now", count)

    async def attend(self) -> None:
        """Answer what other processes receive at the same webhook, until cancelled."""
        await self.intake.attend()

    async def close(self) -> None:
        """Finish what is being answered; the rest stays in the inbox."""
        await self.intake.close()

    async def _answered(self, received: Received) -> None:
        try:
            await self._answer(received)
        except LeftForLater:
            self.refused.set()
            raise

    def _event(self, payload: Payload) -> Event | None:
        number, chat = payload.get("update_id"), chat_of(payload)
        if not isinstance(number, int) or not chat or is_talk_of_others(payload):
            return None
        event = Event(PLATFORM, f"{self._bot_id}:{number}", chat, payload)
        match self._guard.judge(number, sender_of(payload), said_at(payload, self._clock.now().timestamp())):
            case Verdict.READ:
                return event
            case Verdict.SLOW_DOWN:
                return replace(event, payload={**payload, TOO_MANY: True})
            case Verdict.LEFT_OUT:
                return None
