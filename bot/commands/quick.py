"""quick: the fifteen-minute version of the week, and the other two sizes."""

from __future__ import annotations

from bot.commands.done import week_meant
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def quick(context: Context, args: Args) -> Reply:
    """The week in three sizes."""
    week = week_meant(context, args)
    return Reply("quick", {"week": week}, ((buttons.NEXT, buttons.WEEK),))


COMMAND = Command(
    "quick", quick, words=("lighter", "lighter_week"), intents=("lighter_week",), needs_plan=True, group="week"
)
