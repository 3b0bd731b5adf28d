"""resources: what to read and watch for a week."""

from __future__ import annotations

from bot.commands.week import week_asked
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def resources(context: Context, args: Args) -> Reply:
    """The roadmap's own resources first, then the ones added to it, and what has aged."""
    week = week_asked(context, args.get("week"))
    return Reply("resources", {"week": week}, ((buttons.NEXT, buttons.WEEK),))


COMMAND = Command(
    "resources", resources, words=("links", "docs"), intents=("resources",), args=(Arg("week", ArgKind.WEEK),),
    in_menu=True, needs_plan=True,
    group="learning",
)  # fmt: skip
