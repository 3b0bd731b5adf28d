"""Sends answers where they belong: through an interaction's token, in the chat, or, when both are shut, directly."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.adapters.discord.failures import DEAD_TOKEN, NO_WRITING, steadily
from bot.adapters.discord.heard import Heard, Kind
from bot.adapters.discord.parts import Part, parts
from bot.adapters.discord.signing import Signer, nonce
from bot.adapters.discord.wording import Wording, word
from bot.delivery.pacing import Pacing
from bot.domain.learner import Preferences
from bot.domain.message import Rendered, Reply
from bot.engine.ports import Inbox

log = logging.getLogger(__name__)
ORIGINAL: Any = "@original"


@dataclass
class Answers:
    """Sends what the mentor answered, message by message, noting each in the inbox."""

    client: discord.Client
    signer: Signer
    wording: Wording
    pacing: Pacing
    inbox: Inbox

    async def send(self, heard: Heard, replies: Sequence[Rendered], number: int, sent: int = 0) -> None:
        """Send all messages of an answer but the first `sent`, which an earlier run sent."""
        made = self._parts(heard, replies)
        if not made and heard.kind is Kind.COMMAND and not sent:
            await self._webhook(heard).delete_message(ORIGINAL)
        for index, part in enumerate(made[sent:], sent):
            await self._send(heard, part, index)
            await self.inbox.note_sent(number, index + 1)

    async def say(self, heard: Heard, template: str, **data: object) -> None:
        """Say one of the adapter's own sentences in answer, to be seen by the one it answers."""
        reply = self.wording.render(Reply(template, data), Preferences(locale=heard.locale or "en"))
        for index, part in enumerate(parts(reply, heard.user), 90):
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
        if first and (part.private or not heard.shared):
            return await self._edit(heard, part)
        if not heard.shared:
            return await self.in_channel(int(heard.channel), part, heard.event_id, index)
        if first:
            await self._webhook(heard).delete_message(ORIGINAL)  # it was kept private, and this is for everybody
        await steadily(
            lambda: self._webhook(heard).send(ephemeral=part.private, wait=True, **part.for_send(self.signer))
        )
        return None

    async def _edit(self, heard: Heard, part: Part) -> None:
        await steadily(lambda: self._webhook(heard).edit_message(ORIGINAL, **part.for_edit(self.signer)))

    async def _written(self, heard: Heard, part: Part, index: int) -> None:
        if not heard.shared:
            return await self.in_channel(int(heard.channel), part, heard.event_id, index)
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

    async def in_channel(self, channel_id: int, part: Part, what: str, index: int) -> None:
        """Send to a channel under a name of our own, so that a repeat arrives as one."""
        channel = self.client.get_partial_messageable(channel_id)
        slot = await self.pacing.answer(str(channel_id))
        try:
            await steadily(lambda: channel.send(nonce=nonce(what, index), **part.for_send(self.signer)))
        finally:
            slot.done()

    def _webhook(self, heard: Heard) -> discord.Webhook:
        """The way to an interaction's messages; it needs nothing but the token, so it outlives this process."""
        data: Any = {"id": heard.application, "type": discord.WebhookType.application.value, "token": heard.token}
        return discord.Webhook.from_state(data, state=self.client._connection)
