"""as-it-is: the way out of a question of ours; nothing happens."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.router import menu


async def as_it_is(context: Context, args: Args) -> Reply:
    """Say that everything stays as it is."""
    return Reply("left_alone", {"intent": ""}, menu(context), replaces=True)


COMMAND = Command("as-it-is", as_it_is)
