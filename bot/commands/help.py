"""help: what can be said here, on one screen."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.router import menu


async def help_(context: Context, args: Args) -> Reply:
    """The few things worth knowing, as examples."""
    return Reply("help", {"enrolled": context.enrollment is not None}, menu(context))


COMMAND = Command(
    "help", help_, words=("commands",), intents=("help",), args=(Arg("text", ArgKind.TEXT),), in_menu=True
)
