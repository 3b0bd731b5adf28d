"""Where everything said in Discord arrives: it is kept, handed to the mentor in its turn, answered, and let go."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.adapters.discord.answers import Answers
from bot.adapters.discord.doors import Doors
from bot.adapters.discord.draft import Draft
from bot.adapters.discord.failures import passing
from bot.adapters.discord.heard import PLATFORM, Heard
from bot.adapters.discord.offers import Offers
from bot.adapters.discord.turns import Turn, Turns
from bot.domain.message import Rendered
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock
from bot.engine.storing import Inbox, Received

log = logging.getLogger(__name__)
WAITS = (0.5, 2, 5, 10, 30, *(60,) * 30)
"""Seconds before each further try to give an answer while Discord is away."""


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
    _late: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, heard: Heard, turn: Turn) -> None:
        """Keep, handle and answer one thing, when it is its turn."""
        async with turn:
            try:
                new = await self.inbox.receive([heard.event()], self.clock.now())
            except Exception:
                await self._apologise(heard)
                return
            for received in new:
                if not await self._see_to(heard, received):
                    self._put_off(heard, received.number)

    async def _see_to(self, heard: Heard, received: Received) -> bool:
        """Answer one thing. False when Discord is away, so that it stays in the inbox to be tried again."""
        try:
            await self._attend(heard, received)
            await self.inbox.answered(received.number)
        except Exception as error:
            if passing(error) or self.answers.client.is_closed():
                log.warning("Discord did not take an answer (%s: %s); trying again", type(error).__name__, error)
                return False
            await self._give_up(heard, received.number)
            return True
        if heard.shared:
            await self._look(heard)
        return True

    async def _give_up(self, heard: Heard, number: int) -> None:
        """Say that it went wrong, and be done with it: tried again it would only go wrong again."""
        left = await self.inbox.fetch(number)
        await self._apologise(heard, first=left is not None and not left.sent)
        await self.inbox.answered(number)

    async def _apologise(self, heard: Heard, *, first: bool = True) -> None:
        code = secrets.token_hex(2)
        log.exception("not answered", extra={"code": code, "event": heard.event_id})
        await self.tell(heard, "our_fault", first=first, code=code)

    async def tell(self, heard: Heard, template: str, *, first: bool = False, **data: object) -> None:
        """Say one of the adapter's own sentences, if that can be done."""
        try:
            await self.answers.say(heard, template, first=first, **data)
        except Exception:
            log.exception("%s could not be said", template, extra={"event": heard.event_id})

    async def _look(self, heard: Heard) -> None:
        """See whether the direct chat is open. The answer is given: nothing here may bring an apology after it."""
        try:
            await self.doors.look(heard)
        except Exception as error:
            log.info("no look at the direct chat of %s: %s", heard.user, error)

    def _put_off(self, heard: Heard, number: int) -> None:
        task = asyncio.create_task(self._later(heard, number))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _later(self, heard: Heard, number: int) -> None:
        """Try again, at longer and longer intervals. What is not answered by then is left for the next connection."""
        for wait in WAITS:
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))
            if await self._again(heard, number):
                return
        log.warning("an answer is left for the next start", extra={"event": heard.event_id})

    async def _again(self, heard: Heard, number: int) -> bool:
        async with Turn(self.turns.lines, heard.user):
            received = await self.inbox.fetch(number)
            return received is None or await self._see_to(heard, received)

    async def _attend(self, heard: Heard, received: Received) -> None:
        if received.replies is None:
            replies, draft = await self._handled(heard, received)
            self.offers.outdate(heard.user)
        else:
            replies, draft = await self.mentor.painted(received.replies), received.draft
        await self.answers.send(heard, replies, received.number, received.sent, draft)

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
        """Answer what an earlier run or connection took in and did not get round to."""
        left = await self.inbox.waiting(PLATFORM)
        if left:
            log.info("%d things heard earlier are answered now", len(left))
        await asyncio.gather(*(self._resumed(received) for received in left))

    async def _resumed(self, received: Received) -> None:
        heard = Heard.of(received.event.payload)
        if not await self._again(heard, received.number):
            self._put_off(heard, received.number)

    async def close(self) -> None:
        """Leave what is still to be tried again to the next connection."""
        for task in list(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
