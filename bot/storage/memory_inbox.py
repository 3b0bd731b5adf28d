"""The inbox in a plain dictionary, beside `bot.storage.memory`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.engine.storing import Event, Received
from bot.storage.memory import MemoryStore


class MemoryInbox:
    """See `bot.engine.storing.Inbox`."""

    def __init__(self, store: MemoryStore) -> None:
        self._state = store.state

    async def receive(self, events: Sequence[Event], now: datetime) -> Sequence[Received]:
        """See `Inbox.receive`."""
        fresh = []
        for event in events:
            key = (event.platform, event.event_id)
            if key not in self._state.inbox:
                self._state.inbox[key] = Received(self._state.number(), event)
                fresh.append(self._state.inbox[key])
        return fresh

    async def waiting(self, platform: str) -> Sequence[Received]:
        """See `Inbox.waiting`."""
        mine = (r for r in self._state.inbox.values() if r.event.platform == platform)
        return sorted(mine, key=lambda r: r.number)

    async def fetch(self, number: int) -> Received | None:
        """See `Inbox.fetch`."""
        return next((r for r in self._state.inbox.values() if r.number == number), None)

    async def note_sent(self, number: int, sent: int) -> None:
        """See `Inbox.note_sent`."""
        self._change(number, sent=sent)

    async def note_draft(self, number: int, message: str) -> None:
        """See `Inbox.note_draft`."""
        self._change(number, draft=message)

    def _change(self, number: int, **fields: Any) -> None:
        for key, received in self._state.inbox.items():
            if received.number == number:
                self._state.inbox[key] = replace(received, **fields)

    async def answered(self, number: int) -> None:
        """See `Inbox.answered`."""
        # The dictionary itself is kept: a snapshot of the store swaps it, so it is looked up anew each time.
        for key in [key for key, r in self._state.inbox.items() if r.number == number]:
            del self._state.inbox[key]
