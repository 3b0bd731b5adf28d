"""Sends answers where they belong: through an interaction's token, in the chat, or, when both are shut, directly."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import discord

from bot.adapters.discord.failures import DEAD_TOKEN, GONE, NO_WRITING, steadily
from bot.adapters.discord.heard import Heard, Kind
from bot.adapters.discord.parts import Part, parts
from bot.adapters.discord.signing import Signer, nonce
from bot.adapters.discord.wording import Wording, word
from bot.delivery.pacing import Pacing
from bot.domain.learner import Preferences
from bot.domain.message import Rendered, Reply
from bot.engine.storing import Inbox

log = logging.getLogger(__name__)
ORIGINAL: Any = "@original"
SKETCH = 80
"""The place of an unfinished answer among an event's messages: its whole is another message to Discord's memory."""
TYPING_AFTER, TYPING_EVERY = 1.0, 8.0


@dataclass
class Answers:
    """Sends what the mentor answered, message by message, noting each in the inbox."""

    client: discord.Client
    signer: Signer
    wording: Wording
    pacing: Pacing
    inbox: Inbox

    async def send(
        self, heard: Heard, replies: Sequence[Rendered], number: int, sent: int = 0, draft: str = ""
    ) -> None:
        """Send all messages of an answer but the first `sent`, which an earlier run sent; the first in place of
        the message in which it was shown as it grew."""
        made = self._parts(heard, replies)
        if not made and heard.kind is Kind.COMMAND and not sent:
            await self._take_back(heard)
        for index, part in enumerate(made[sent:], sent):
            if index or not (draft and await self._change(heard, part, draft)):
                await self._send(heard, part, index)
            await self.inbox.note_sent(number, index + 1)

    async def sketch(self, heard: Heard, part: Part, message: str) -> str:
        """Show an unfinished answer, the first time or again. Returns the message it stands in, if that has an id."""
        if heard.kind is Kind.COMMAND:
            await self._edit(heard, part)
            return ""
        if message and await self._change(heard, part, message):
            return message
        return await self.in_channel(int(heard.channel), part, heard.event_id, SKETCH)

    async def _change(self, heard: Heard, part: Part, message: str) -> bool:
        """Put a part in place of a message of ours in a direct chat. False when that is gone."""
        shown = self.client.get_partial_messageable(int(heard.channel)).get_partial_message(int(message))
        slot = await self.pacing.answer(heard.channel)
        try:
            await steadily(lambda: shown.edit(**part.for_edit(self.signer)))
        except discord.NotFound:
            return False
        finally:
            slot.done()
        return True

    @asynccontextmanager
    async def typing(self, heard: Heard) -> AsyncIterator[None]:
        """Show in a direct chat that an answer is on its way, when it takes longer than a moment. A command shows it
        by itself."""
        if heard.kind is Kind.COMMAND or heard.shared:
            yield
            return
        task = asyncio.create_task(self._type(int(heard.channel)))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _type(self, channel_id: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with suppress(discord.DiscordException, OSError, aiohttp.ClientConnectionError):
                await self.client.get_partial_messageable(channel_id).typing()
            await asyncio.sleep(TYPING_EVERY)

    async def say(self, heard: Heard, template: str, *, first: bool = False, **data: object) -> None:
        """Say one of the adapter's own sentences in answer, to be seen by the one it answers. `first`: in place of
        the answer to a command."""
        reply = self.wording.render(Reply(template, data), Preferences(locale=heard.locale or "en"))
        start = 0 if first and heard.kind is Kind.COMMAND else 90
        for index, part in enumerate(parts(reply, heard.user), start):
            await self._send(heard, part, index)

    def _parts(self, heard: Heard, replies: Sequence[Rendered]) -> list[Part]:
        share = word(self.wording, heard.locale, "buttons", "share")
        made = [parts(reply, heard.user, shared=heard.shared, share=share) for reply in replies]
        later = [replace(part, edits=False) for group in made[1:] for part in group]
        return [*(made[0] if made else []), *later]

    async def _send(self, heard: Heard, part: Part, index: int) -> None:
        if heard.kind is Kind.MESSAGE:
            return await self._written(heard, part, index)
        if not heard.token_lives(time.time()):
            await self.directly(heard.user, part, heard.event_id, index)
            return None
        try:
            await self._through_token(heard, part, index)
        except discord.HTTPException as error:
            if error.code not in DEAD_TOKEN and error.status != 401:
                raise
            log.info("an interaction's token is over (%s); the answer goes directly", error.code)
            await self.directly(heard.user, part, heard.event_id, index)
        return None

    async def _through_token(self, heard: Heard, part: Part, index: int) -> None:
        first = index == 0 and (heard.kind is Kind.COMMAND or part.edits)
        if first and (not heard.shared or part.private == heard.hidden):
            return await self._edit(heard, part)
        if not heard.shared:
            await self.in_channel(int(heard.channel), part, heard.event_id, index)
            return None
        if first and heard.hidden:
            await self._take_back(heard)  # it was kept private, and this is for everybody
        await steadily(
            lambda: self._webhook(heard).send(ephemeral=part.private, wait=True, **part.for_send(self.signer))
        )
        return None

    async def _take_back(self, heard: Heard) -> None:
        """Take away the message an interaction began with. One that is gone already was taken away by a lost try."""
        try:
            await steadily(lambda: self._webhook(heard).delete_message(ORIGINAL))
        except discord.NotFound as error:
            if error.code != GONE:
                raise

    async def _edit(self, heard: Heard, part: Part) -> None:
        await steadily(lambda: self._webhook(heard).edit_message(ORIGINAL, **part.for_edit(self.signer)))

    async def _written(self, heard: Heard, part: Part, index: int) -> None:
        if not heard.shared:
            await self.in_channel(int(heard.channel), part, heard.event_id, index)
            return None
        if part.private:
            return await self._aside(heard, part, index)
        try:
            await self.in_channel(int(heard.thread or heard.channel), part, heard.event_id, index)
        except discord.HTTPException as error:
            if error.code not in NO_WRITING:
                raise
            await self.directly(heard.user, part, heard.event_id, index)
        return None

    async def _aside(self, heard: Heard, part: Part, index: int) -> None:
        """Answer directly what was asked before others, and say there that we did."""
        template = (
            "answered_privately" if await self.directly(heard.user, part, heard.event_id, index) else "direct_closed"
        )
        if index:
            return
        note = self.wording.render(Reply(template, {}), Preferences())
        try:
            where = int(heard.thread or heard.channel)
            await self.in_channel(where, parts(note, heard.user)[0], heard.event_id, 99)
        except discord.HTTPException as error:
            log.info("no word could be left in channel %s: %s", heard.channel, error)

    async def directly(self, user: str, part: Part, what: str, index: int) -> bool:
        """Send to somebody's direct chat. False when they take none."""
        try:
            channel = await steadily(lambda: self.client.create_dm(discord.Object(int(user))))
            await self.in_channel(channel.id, part, what, index)
        except discord.HTTPException as error:
            log.info("no direct message to %s: %s", user, error)
            return False
        return True

    async def in_channel(self, channel_id: int, part: Part, what: str, index: int) -> str:
        """Send to a channel under a name of our own, so that a repeat arrives as one. Returns the message's id."""
        channel = self.client.get_partial_messageable(channel_id)
        slot = await self.pacing.answer(str(channel_id))
        try:
            sent = await steadily(lambda: channel.send(nonce=nonce(what, index), **part.for_send(self.signer)))
        finally:
            slot.done()
        return str(sent.id)

    def _webhook(self, heard: Heard) -> discord.Webhook:
        """The way to an interaction's messages; it needs nothing but the token, so it outlives this process."""
        data: Any = {"id": heard.application, "type": discord.WebhookType.application.value, "token": heard.token}
        return discord.Webhook.from_state(data, state=self.client._connection)
