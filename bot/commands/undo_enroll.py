"""undo-enroll: the second word of an undo that leads off a roadmap."""

from __future__ import annotations

from bot.commands.undo import undo
from bot.domain.message import Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def undo_enroll(context: Context, args: Args) -> Reply:
    """Take back the beginning of a plan, if that is still what was done last."""
    return await undo(context, {"sure": "enroll"})


COMMAND = Command("undo-enroll", undo_enroll)
