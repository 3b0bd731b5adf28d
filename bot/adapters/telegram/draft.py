"""An answer that is still growing: one message, edited at a pace that Telegram allows."""

from __future__ import annotations

import time
from contextlib import suppress

from bot.adapters.telegram.html import pages
from bot.adapters.telegram.parts import Part
from bot.adapters.telegram.post import Post, Target
from bot.engine.errors import SendFailed

EVERY = 1.5
"""Seconds between two looks at it. What comes in between is shown with the next."""
UNFINISHED = " …"


class Draft:
    """Shows an answer as far as it has come. `number` is the message it stands in, 0 while nothing was shown."""

    def __init__(self, post: Post, to: Target) -> None:
        self._post = post
        self._to = to
        self._next = 0.0
        self.number = 0

    async def show(self, text: str) -> None:
        """Show the words so far, unless that was done a moment ago. A refusal is no matter: the whole will follow."""
        if not text.strip() or time.monotonic() < self._next:
            return
        part = Part(pages(text)[0] + UNFINISHED, edits=True)
        with suppress(SendFailed):
            self.number = await self._post.answer(part, self.place)
        self._next = time.monotonic() + EVERY

    @property
    def place(self) -> Target:
        """Where the answer goes: in place of what was shown of it."""
        if not self.number:
            return self._to
        return Target(self._to.chat_id, self._to.group, self._to.thread_id, edit=self.number)
