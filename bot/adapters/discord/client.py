"""discord.py's client, told what to listen for and what to leave alone."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.adapters.discord.components import ITEMS
from bot.adapters.discord.failures import passing, steadily
from bot.adapters.discord.listener import Listener
from bot.adapters.discord.parts import NO_PINGS
from bot.adapters.discord.slash import CONTEXTS, INSTALLS
from bot.adapters.discord.sync import mark, sync
from bot.engine.storing import Marks

log = logging.getLogger(__name__)
Tap = discord.Interaction[Any]
GUILDS_READY = 0.3
"""Seconds without a further server after which discord.py calls itself ready; we need no list of servers."""


class Events:
    """What discord.py calls; each goes to the listener."""

    listener: Listener
    marks: Marks
    tree: app_commands.CommandTree[Any]

    async def setup_hook(self: Any) -> None:
        """Before the gateway opens: hear old buttons, and register the commands if they changed."""
        self.add_dynamic_items(*ITEMS)
        try:
            await steadily(lambda: sync(self.tree, self.application_id, self.marks))
        except (discord.HTTPException, app_commands.AppCommandError) as error:
            if passing(error) and not await self.marks.get(mark(self.application_id)):
                raise  # no command is there yet, so nobody could begin: the whole connection is tried again
            log.error("the commands could not be registered with Discord, the next start tries again: %s", error)

    async def on_message(self: Any, message: discord.Message) -> None:
        """Something was written."""
        if self.user is not None:
            await self.listener.message(message, self.user.id)

    async def on_milepost_command(self, tap: Tap, line: str) -> None:
        """A command was sent."""
        await self.listener.command(tap, line)

    async def on_milepost_press(self, tap: Tap, custom_id: str, picked: str) -> None:
        """A button of ours was pressed."""
        await self.listener.press(tap, custom_id, picked)

    async def on_interaction(self, tap: Tap) -> None:
        """Anything discord.py hands to nobody: forms, and presses that are not on the message they came from."""
        data: Any = tap.data or {}
        custom_id = str(data.get("custom_id", ""))
        if tap.type is discord.InteractionType.modal_submit:
            await self.listener.form(tap, custom_id)
        elif tap.type is discord.InteractionType.component and not _is_ours(tap, custom_id):
            await self.listener.explain(tap, "stale_button")


def _is_ours(tap: Tap, custom_id: str) -> bool:
    """Whether discord.py will raise a press: the custom id is of our form and stands on the tapped message."""
    shaped = any(item.__discord_ui_compiled_template__.fullmatch(custom_id) for item in ITEMS)
    rows: Any = tap.message.components if tap.message else []
    return shaped and any(
        getattr(c, "custom_id", None) == custom_id for row in rows for c in getattr(row, "children", [])
    )


class MentorClient(Events, discord.Client):
    """The client for one shard, which is enough for 2,000 servers."""


class ShardedMentorClient(Events, discord.AutoShardedClient):
    """The client for more."""


class Tree(app_commands.CommandTree[Any]):
    """The commands; what goes wrong in one before we hear of it is explained and logged."""

    async def on_error(self, interaction: Tap, error: app_commands.AppCommandError, /) -> None:
        """An unknown or outdated command."""
        log.warning("a command could not be read: %s", error)
        if interaction.type is discord.InteractionType.application_command:
            await interaction.client.listener.explain(interaction, "stale_command")


Client = MentorClient | ShardedMentorClient


def new_client(*, content: bool, shards: int | None) -> Client:
    """A client with no more rights than it needs. `shards`: None lets Discord say how many, 1 is the plain client."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody here speaks
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = content
    options: dict[str, Any] = {
        "intents": intents, "allowed_mentions": NO_PINGS, "max_messages": None, "chunk_guilds_at_startup": False,
        "member_cache_flags": discord.MemberCacheFlags.none(), "guild_ready_timeout": GUILDS_READY,
        "max_ratelimit_timeout": 30.0,
    }  # fmt: skip
    client = MentorClient(**options) if shards == 1 else ShardedMentorClient(shard_count=shards, **options)
    client.tree = Tree(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
    return client


def redirect(api_url: str, gateway_url: str) -> None:
    """Point discord.py at these addresses. It keeps them on its classes, so they hold for the whole process."""
    Route.BASE = api_url
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


def still(client: discord.Client) -> None:
    """Stop the thread that keeps a connection alive: discord.py leaves it running when the connection broke."""
    heart = getattr(getattr(client, "ws", None), "_keep_alive", None)
    if heart is not None:
        heart.stop()
