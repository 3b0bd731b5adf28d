"""thanks: a kind word back."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.router import menu


async def thanks(context: Context, args: Args) -> Reply:
    """Answer thanks."""
    return Reply("thanks", {}, ((buttons.NEXT,),) if context.enrollment else menu(context))


COMMAND = Command("thanks", thanks, words=("thx",), intents=("thanks",), args=(Arg("text", ArgKind.TEXT),))
