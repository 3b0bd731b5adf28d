"""The door: raw updates become events in the inbox; whoever knocks too often is asked once to slow down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.adapters.telegram.polling import Payload
from bot.adapters.telegram.updates import ALLOWED, PLATFORM, TOO_MANY, chat_of
from bot.delivery.intake import Intake, LeftForLater
from bot.delivery.pacing import Slot, Window
from bot.engine.ports import Clock
from bot.engine.storing import Event, Inbox, Received

log = logging.getLogger(__name__)

FLOOD, FLOOD_SECONDS = 30, 10.0
SENDERS_KEPT = 10_000


class Reception:
    """Takes updates in for one bot. Sets `refused` when an answer showed that the token is refused."""

    def __init__(self, inbox: Inbox, clock: Clock, bot_id: str, answer: Callable[[Received], Awaitable[None]]) -> None:
        self.refused = asyncio.Event()
        self._bot_id = bot_id
        self._clock = clock
        self._answer = answer
        self._told: set[str] = set()
        self._senders: dict[str, Window] = {}
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
        if not isinstance(number, int) or not chat or not any(kind in payload for kind in ALLOWED):
            return None
        event = Event(PLATFORM, f"{self._bot_id}:{number}", chat, payload)
        return self._slowed(event) if self._floods(payload) else event

    def _slowed(self, event: Event) -> Event | None:
        """The first update too many, to be answered by a request to slow down; None for those after it."""
        sender = _sender(event.payload)
        if sender in self._told:
            return None
        self._told.add(sender)
        log.info("a sender says too much at once; the rest of it is left out")
        return replace(event, payload={**event.payload, TOO_MANY: True})

    def _floods(self, payload: Payload) -> bool:
        """Whether a person says more than anyone reads. A backlog counts by when it was said, not by its arrival."""
        sender = _sender(payload)
        at = float(_body(payload).get("date") or self._clock.now().timestamp())
        if len(self._senders) > SENDERS_KEPT:
            self._senders.clear()
        window = self._senders.setdefault(sender, Window(FLOOD, FLOOD_SECONDS))
        if window.wait(at) > 0:
            return True
        window.take(Slot(at, self._clock.now().timestamp))
        self._told.discard(sender)
        return False


def _body(payload: Payload) -> Payload:
    body: Payload = next(payload[kind] for kind in ALLOWED if kind in payload)
    return body


def _sender(payload: Payload) -> str:
    return str((_body(payload).get("from") or {}).get("id", ""))
