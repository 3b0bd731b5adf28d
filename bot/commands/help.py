"""help: what one can say, in examples first, then everything by group."""

from __future__ import annotations

from functools import cache

import bot.commands
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.registry import Registry
from bot.engine.router import menu


async def help_(context: Context, args: Args) -> Reply:
    """The few things worth knowing, as examples; with a group named, every command of it."""
    groups = listed()
    wanted = str(args.get("text") or "").strip().lower()
    pages = tuple(Button(f"help_{group}", f"help {group}") for group in groups if group != wanted)
    if wanted in groups:
        shown = [(typed(command), command) for command in groups[wanted]]
        return Reply("help_group", {"group": wanted, "commands": shown}, (pages,), replaces=True)
    first = menu(context)[:1] if context.enrollment else menu(context)
    return Reply("help", {"enrolled": context.enrollment is not None}, (*first, pages))


def typed(command: Command) -> str:
    """A command as people type it: `group board`, and not the name that platforms want without a space."""
    spaced = command.name.replace("_", " ")
    return spaced if spaced in command.words else command.name


@cache
def listed() -> dict[str, list[Command]]:
    """The commands that a learner may want to know, by the group they declare."""
    found: dict[str, list[Command]] = {}
    for command in Registry.discover(bot.commands).commands.values():
        group = command.group or ("more" if command.in_menu and command.name != "help" else "")
        if group:
            found.setdefault(group, []).append(command)
    order = ("week", "dates", "learning", "settings", "more")
    return {group: found[group] for group in order if group in found}


COMMAND = Command(
    "help", help_, words=("commands",), intents=("help",), args=(Arg("text", ArgKind.TEXT),), in_menu=True
)
