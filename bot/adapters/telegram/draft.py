"""An answer that is still growing: one message, edited at a pace that Telegram allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.adapters.telegram.html import TEXT_LIMIT, pages
from bot.adapters.telegram.parts import Part
from bot.adapters.telegram.post import Post, Target
from bot.delivery.growing import Growing
from bot.engine.errors import SendFailed

EVERY = 1.5
"""Seconds between two edits. What comes in between is shown with the next."""
UNFINISHED = " …"


class Draft(Growing):
    """Shows an answer as far as it has come. `number` is the message it stands in, 0 while nothing was shown.

    `note` is told that number: after a crash the answer takes the place of what was shown of it.
    """

    def __init__(self, post: Post, to: Target, note: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(self._show_part, EVERY)
        self._post = post
        self._to = replace(to, edit=None)
        self._note = note
        self.number = 0

    async def _show_part(self, text: str) -> None:
        """Show the words so far. A refusal is no matter: the whole will follow."""
        part = Part(next(iter(pages(text, TEXT_LIMIT - len(UNFINISHED))), "") + UNFINISHED, edits=True)
        with suppress(SendFailed):
            number = await self._post.answer(part, replace(self._to, edit=self.number or None))
            if number != self.number:
                self.number = number
                await self._note(str(number))
