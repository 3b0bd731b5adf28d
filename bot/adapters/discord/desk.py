"""Where everything said in Discord arrives: it is kept, handed to the mentor in its turn, answered, and let go."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.adapters.discord.answers import Answers
from bot.adapters.discord.doors import Doors
from bot.adapters.discord.draft import Draft
from bot.adapters.discord.heard import PLATFORM, Heard
from bot.adapters.discord.offers import Offers
from bot.adapters.discord.turns import Turn, Turns
from bot.domain.message import Rendered
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock
from bot.engine.storing import Inbox, Received

log = logging.getLogger(__name__)


@dataclass
class Desk:
    """Takes what was heard. Acknowledging it is the caller's, before anything here touches the database."""

    mentor: Mentor
    inbox: Inbox
    clock: Clock
    answers: Answers
    doors: Doors
    offers: Offers
    turns: Turns = field(default_factory=Turns)

    async def take(self, heard: Heard, turn: Turn) -> None:
        """Keep, handle and answer one thing, when it is its turn."""
        async with turn:
            try:
                for received in await self.inbox.receive([heard.event()], self.clock.now()):
                    await self._attend(heard, received)
            except Exception:
                code = secrets.token_hex(2)
                log.exception("not answered", extra={"code": code, "event": heard.event_id})
                await self._apologise(heard, code)

    async def _apologise(self, heard: Heard, code: str) -> None:
        try:
            await self.answers.say(heard, "our_fault", code=code)
        except Exception:
            log.exception("nor could an apology be sent", extra={"event": heard.event_id})

    async def _attend(self, heard: Heard, received: Received) -> None:
        if received.replies is None:
            replies, draft = await self._handled(heard, received)
            self.offers.outdate(heard.user)
        else:
            replies, draft = await self.mentor.painted(received.replies), received.draft
        await self.answers.send(heard, replies, received.number, received.sent, draft)
        await self.inbox.answered(received.number)
        if heard.shared:
            await self.doors.look(heard)

    async def _handled(self, heard: Heard, received: Received) -> tuple[Sequence[Rendered], str]:
        """What the mentor says, and the message in which it was shown as it grew."""
        draft = Draft(self.answers, heard, partial(self.inbox.note_draft, received.number))
        try:
            async with self.answers.typing(heard):
                replies = await self.mentor.handle(heard.message(), draft.show)
        finally:
            await draft.close()
        return replies, draft.message

    async def resume(self) -> None:
        """Answer what an earlier run took in and did not get round to."""
        left = await self.inbox.waiting(PLATFORM)
        if left:
            log.info("%d things heard before the restart are answered now", len(left))
        await asyncio.gather(*(self._resumed(received) for received in left))

    async def _resumed(self, received: Received) -> None:
        heard = Heard.of(received.event.payload)
        turn = Turn(self.turns.lines, heard.user)
        async with turn:
            try:
                await self._attend(heard, received)
            except Exception:
                log.exception("not answered after the restart", extra={"event": heard.event_id})
                await self.inbox.answered(received.number)
