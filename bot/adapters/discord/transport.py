"""Pushes and posts, each under a name that Discord knows again, so that a crash in between repeats nothing."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
import discord

from bot.adapters.discord.doors import Doors
from bot.adapters.discord.failures import CLOSED, ELSEWHERE, SHUT, asked_for, failure, steadily
from bot.adapters.discord.parts import Part, parts
from bot.adapters.discord.signing import ANYBODY, Signer, nonce
from bot.delivery.pacing import Pacing
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push


@dataclass
class Pushing:
    """Sends pushes through one client."""

    client: discord.Client
    signer: Signer
    pacing: Pacing
    doors: Doors

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        what = f"{push.delivery.key}/{push.delivery.due_at:%Y%m%d%H%M%S}"
        for index, part in enumerate(parts(push.message, push.to.external_id, shared=push.place is not None)):
            slot = await self.pacing.push(push.chat_id)
            try:
                await self._send(push, part, nonce(what, index))
            except (discord.DiscordException, OSError, aiohttp.ClientConnectionError) as error:
                self._note(push, error)
                raise _misplaced(push, error) or failure(error) from error
            finally:
                slot.done()

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`. The buttons are for everybody there."""
        what, place = post.posting, post.to.thread_id or post.to.chat_id
        for index, part in enumerate(parts(post.message, ANYBODY, shared=True)):
            slot = await self.pacing.push(place, group=True)
            try:
                await self._to(int(place), part, nonce(f"{what.key}/{what.due_at:%Y%m%d%H%M%S}", index))
            except (discord.DiscordException, OSError, aiohttp.ClientConnectionError) as error:
                if isinstance(error, discord.HTTPException) and error.status == 429:
                    self.pacing.hold(asked_for(error))
                if isinstance(error, discord.HTTPException) and error.code in SHUT:
                    raise SendFailed(f"{error.status} {error.code}: {error.text}", permanent=True) from error
                raise failure(error) from error
            finally:
                slot.done()

    async def _send(self, push: Push, part: Part, name: str) -> None:
        if push.place is not None:
            return await self._to(int(push.place.thread_id or push.place.chat_id), part, name)
        try:
            await self._to(int(push.to.chat_id), part, name)
        except discord.HTTPException as error:
            if error.code not in ELSEWHERE:
                raise
            # The chat we knew is gone; the person may have another, or turn out to be out of reach.
            channel = await self.client.create_dm(discord.Object(int(push.to.external_id)))
            await self._to(channel.id, part, name)
        return None

    async def _to(self, channel_id: int, part: Part, name: str) -> None:
        channel = self.client.get_partial_messageable(channel_id)
        await steadily(lambda: channel.send(nonce=name, **part.for_send(self.signer)))

    def _note(self, push: Push, error: Exception) -> None:
        """What a failure means for what comes after it."""
        if isinstance(error, discord.HTTPException) and error.code in CLOSED:
            self.doors.shut(push.to.external_id)
        if isinstance(error, discord.HTTPException) and error.status == 429:
            self.pacing.hold(asked_for(error))


def _misplaced(push: Push, error: Exception) -> SendFailed | None:
    """The failure that says that a channel or thread of the learner's choice will not take any more."""
    if push.place is None or not isinstance(error, discord.HTTPException) or error.code not in SHUT:
        return None
    return SendFailed(f"{error.status} {error.code}: {error.text}", permanent=True)
