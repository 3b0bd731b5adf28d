"""Whether the bot may write where learners want their week's plan, and groups their news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

import aiohttp
import discord

from bot.adapters.discord.client import redirect
from bot.adapters.discord.failures import SHUT
from bot.domain.push_place import PushPlace

Line = tuple[str, str]
NEEDED = {
    "view_channel": "View Channels", "send_messages": "Send Messages", "embed_links": "Embed Links",
    "attach_files": "Attach Files",
}  # fmt: skip
IN_THREADS = {"send_messages_in_threads": "Send Messages in Threads"}

INSTEAD = "plans meant for it come directly, a group's news not at all"


async def examine_places(api_url: str, token: str, places: Iterable[PushPlace]) -> list[Line]:
    """A line for each place where something is missing, or one that nothing is."""
    asked = list(places)
    if not asked:
        return []
    redirect(api_url, "")
    # The library's own client: ours registers commands when it logs in.
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        found = [line async for line in _looked_at(client, asked)]
    return found or [("✓", f"discord: the bot may write in all {len(asked)} channels that learners or groups chose")]


async def _looked_at(client: discord.Client, places: Iterable[PushPlace]) -> AsyncIterator[Line]:
    for place in places:
        try:
            name, missing = await _missing(client, place)
        except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
            if not isinstance(error, discord.HTTPException) or error.code not in SHUT:
                yield "✗", f"discord: channel {place.chat_id} could not be looked at: {error}"
                continue
            yield "·", f"discord: channel {place.chat_id} is gone or shut to the bot; {INSTEAD}"
            continue
        if missing:
            yield "✗", f"discord: in #{name} the bot lacks {', '.join(missing)}; {INSTEAD}"


async def _missing(client: discord.Client, place: PushPlace) -> tuple[str, list[str]]:
    """A channel's name, and the permissions that are missing there."""
    seen: Any = await client.fetch_channel(int(place.chat_id))
    guild = await client.fetch_guild(seen.guild.id)
    channel: Any = await guild.fetch_channel(seen.id)
    assert client.user is not None, "logged in"
    may = channel.permissions_for(await guild.fetch_member(client.user.id))
    wanted = NEEDED | (IN_THREADS if place.thread_id else {})
    return channel.name, [shown for name, shown in wanted.items() if not getattr(may, name)]
