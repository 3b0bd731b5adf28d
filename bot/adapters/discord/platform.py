"""Discord, from start to stop: connects, stays connected, gives up only on what trying again cannot mend."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta

import discord

from bot.adapters.discord.answers import Answers
from bot.adapters.discord.client import Client, new_client, redirect, still
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.doors import Doors
from bot.adapters.discord.heard import PLATFORM
from bot.adapters.discord.listener import Listener
from bot.adapters.discord.offers import Glance, Offers, warm
from bot.adapters.discord.probe import UNKNOWN_TOKEN, TokenRefused, probe
from bot.adapters.discord.signing import Signer
from bot.adapters.discord.slash import ask_menu, slash_commands
from bot.adapters.discord.transport import Pushing
from bot.adapters.discord.turns import Turns
from bot.adapters.discord.wording import Wording
from bot.delivery.pacing import Pacing, Rates
from bot.domain.catalog import Catalog
from bot.engine.errors import SendFailed
from bot.engine.glance import glance
from bot.engine.group_ports import ChatPost
from bot.engine.mentor import Mentor
from bot.engine.ports import Push
from bot.engine.registry import Registry
from bot.engine.storing import Inbox, Marks, Store

log = logging.getLogger(__name__)

FATAL = {
    4004: UNKNOWN_TOKEN,
    4010: "The shard numbers are wrong. Leave MILEPOST_DISCORD_SHARDS unset.",
    4011: "The bot is in too many servers for one shard. Set MILEPOST_DISCORD_SHARDS to 0 (automatic).",
    4012: "Discord no longer speaks this version of its protocol. Update Milepost.",
    4013: "Discord does not know the intents asked for. Update Milepost.",
    4014: "MILEPOST_DISCORD_MESSAGE_CONTENT is on, but Message Content Intent is off in the developer portal.",
}
SHARD_ABOVE = 2000
GRACE = 5.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


@dataclass(frozen=True)
class Options:
    """What the operator set. `shards`: 0 for as many as needed."""

    token: str
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = ""
    message_content: bool = False
    shards: int = 0
    rate: int = 45


@dataclass
class DiscordPlatform:
    """Runs the bot, and is the transport for its pushes."""

    options: Options
    mentor: Mentor
    store: Store
    inbox: Inbox
    marks: Marks
    catalog: Catalog
    registry: Registry
    wording: Wording
    platform: str = PLATFORM
    parallel: int = 16
    problem: str = ""
    _pushing: Pushing | None = None
    _turns: Turns = field(default_factory=Turns)

    def __post_init__(self) -> None:
        rate = self.options.rate
        # Below Discord's own 50 there is room for what leaves evenly and arrives unevenly; close to it there is not.
        margin = 1.0 if rate <= 45 else 1.02
        self._pacing = Pacing(Rates(overall=rate, chat=5, group=300, burst=rate, margin=margin))
        self._signer = Signer(self.options.token)

    @property
    def transport(self) -> DiscordPlatform:
        """How pushes go out over it."""
        return self

    async def run(self) -> None:
        """Be on Discord until cancelled, or until Discord says that trying again is of no use."""
        redirect(self.options.api_url, self.options.gateway_url)
        await asyncio.to_thread(warm)
        wait = 0.0
        while not self.problem:
            began = time.monotonic()
            try:
                await self._once()
            except (TokenRefused, discord.LoginFailure):
                self._give_up(FATAL[4004])
            except discord.PrivilegedIntentsRequired:
                self._give_up(FATAL[4014])
            except Exception as error:
                # Also where a first connection fails: discord.py trips over its own missing socket then.
                if _told_to_stop():
                    raise asyncio.CancelledError from error
                if not self._passes(error):
                    return
                held = time.monotonic() - began > LONGEST_WAIT
                wait = FIRST_WAIT if held else min(max(wait * 2, FIRST_WAIT), LONGEST_WAIT)
                await asyncio.sleep(wait)

    def _passes(self, error: Exception) -> bool:
        """Whether trying again may mend a failure."""
        code = error.code if isinstance(error, discord.ConnectionClosed) else 0
        if code in FATAL:
            self._give_up(FATAL[code])
            return False
        log.warning("Discord cannot be reached (%s: %s); trying again", type(error).__name__, error)
        return True

    def _give_up(self, problem: str) -> None:
        self.problem = problem
        log.error("Discord is off: %s", problem)

    async def _once(self) -> None:
        """One life of a client."""
        application = await probe(self.options.api_url, self.options.token)
        client = new_client(content=self.options.message_content, shards=self._shards(application.servers))
        desk = self._furnish(client)
        async with client:
            await client.login(self.options.token)
            self._pushing = Pushing(client, self._signer, self._pacing, desk.doors)
            resuming = asyncio.create_task(desk.resume())
            try:
                await client.connect()
            finally:
                await self._finish(resuming)
                await desk.close()
                self._pushing = None
                still(client)

    async def _finish(self, resuming: asyncio.Task[None]) -> None:
        """Let what is being answered be answered, for a moment, before the connection goes."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await asyncio.wait({resuming})
                await self._turns.idle()
        resuming.cancel()
        await asyncio.gather(resuming, return_exceptions=True)

    def _shards(self, servers: int) -> int | None:
        if self.options.shards:
            return self.options.shards
        return None if servers > SHARD_ABOVE else 1

    def _furnish(self, client: Client) -> Desk:
        """Give a client all it needs to answer."""
        answers = Answers(client, self._signer, self.wording, self._pacing, self.inbox)
        doors = Doors(client, self.store, answers)
        offers = Offers(self.catalog, self.mentor.places, self._look)
        desk = Desk(self.mentor, self.inbox, self.mentor.clock, answers, doors, offers, self._turns)
        client.listener = Listener(desk, self._signer, self.wording)
        client.marks = self.marks
        for command in slash_commands(self.registry.commands.values(), self.wording, offers):
            client.tree.add_command(command)
        client.tree.add_command(ask_menu("ask" if "ask" in self.registry.commands else "help"))
        return desk

    async def _look(self, user: str) -> Glance | None:
        mentor = self.mentor
        found = await glance(self.store, self.catalog, mentor.places, mentor.clock, PLATFORM, user)
        return Glance(*found) if found else None

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        await self._connected().send(push)

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`."""
        await self._connected().post(post)

    def _connected(self) -> Pushing:
        if self._pushing is None:
            raise SendFailed(
                self.problem or "not connected to Discord yet", retry_after=timedelta(seconds=5), outage=True
            )
        return self._pushing


def _told_to_stop() -> bool:
    """Whether we were cancelled: a library that is just failing to connect may report its failure in place of that."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
