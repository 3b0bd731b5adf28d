"""An answer that is still growing: one message in a direct chat, edited at a pace that Discord allows."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.adapters.discord.answers import Answers
from bot.adapters.discord.heard import Heard
from bot.adapters.discord.parts import parts
from bot.delivery.growing import Growing
from bot.domain.message import Rendered

log = logging.getLogger(__name__)
EVERY = 1.2
"""Seconds between two edits: Discord takes five in five seconds."""
UNFINISHED = " …"


class Draft(Growing):
    """Shows an answer as far as it has come. `message` is the id of what it stands in, "" while there is none, or
    where that is an interaction's own answer, which needs no id.

    `note` is told that id: after a crash the answer takes the place of what was shown of it.
    """

    def __init__(self, answers: Answers, heard: Heard, note: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(self._show_part, EVERY)
        self._answers = answers
        self._heard = heard
        self._note = note
        self.message = ""

    async def _show_part(self, text: str) -> None:
        """Show the words so far. A refusal is no matter: the whole will follow."""
        part = parts(Rendered("draft", text + UNFINISHED), self._heard.user)[0]
        try:
            message = await self._answers.sketch(self._heard, part, self.message)
        except (discord.DiscordException, OSError, aiohttp.ClientConnectionError) as error:
            log.info("an unfinished answer could not be shown: %s", error)
            return
        if message != self.message:
            self.message = message
            await self._note(message)
