"""How somebody who talks to us in a server can be reached with a push: their direct chat, opened once by their act."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

import discord

from bot.adapters.discord.answers import Answers
from bot.adapters.discord.failures import steadily
from bot.adapters.discord.heard import PLATFORM, Heard
from bot.domain.learner import Identity
from bot.engine.storing import Store

log = logging.getLogger(__name__)


@dataclass
class Doors:
    """Looks after direct chats. `known` are those whose chat we have seen to be open in this run."""

    client: discord.Client
    store: Store
    answers: Answers
    known: set[str] = field(default_factory=set)

    def shut(self, user: str) -> None:
        """A push found somebody's direct chat closed."""
        self.known.discard(user)

    async def look(self, heard: Heard) -> None:
        """After an answer in a server: learn the person's direct chat, or tell them that it is closed."""
        if heard.user in self.known:
            return
        identity = await self._identity(heard.user)
        if identity is None:
            return
        if identity.chat_id and not identity.reachable:
            await self.answers.say(heard, "direct_closed")
        chat = identity.chat_id or await self._open(heard.user)
        if chat:
            # Reachable again: the next push tries once more, and if it is still closed they hear of it the next time.
            await self._keep(replace(identity, chat_id=chat, reachable=True))
            self.known.add(heard.user)

    async def _identity(self, user: str) -> Identity | None:
        async with self.store.work() as work:
            learner = await work.learner_of(PLATFORM, user)
            mine = await work.identities(learner.id) if learner else ()
        here = (i for i in mine if i.platform == PLATFORM and i.external_id == user)
        return next(here, None)

    async def _open(self, user: str) -> str:
        try:
            return str((await steadily(lambda: self.client.create_dm(discord.Object(int(user))))).id)
        except discord.HTTPException as error:
            log.info("no direct chat with %s: %s", user, error)
            return ""

    async def _keep(self, identity: Identity) -> None:
        async with self.store.work() as work:
            await work.accounts.refresh(identity)
