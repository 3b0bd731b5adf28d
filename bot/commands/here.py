"""here: where the week's plan comes, this channel or group, or the learner's own chat."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.message import ChatKind, Reply
from bot.domain.push_place import PushPlace
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def here(context: Context, args: Args) -> Reply:
    """From now on the week's plan comes where this was said."""
    channel = context.message.channel
    shared = channel.kind is ChatKind.GROUP
    place = str(PushPlace(channel.platform, channel.chat_id, channel.thread_id)) if shared else ""
    preferences = replace(context.preferences, place=place)
    await context.save("settings", preferences=preferences)
    data = {"shared": shared, "where": channel.name, "preferences": preferences}
    return Reply("here", data, ((buttons.NEXT, buttons.UNDO),))


COMMAND = Command("here", here, needs_plan=True)
