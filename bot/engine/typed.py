"""Whether a typed line is a command: only when all of it is, down to a roadmap that there is."""

from __future__ import annotations

from bot.engine.command import ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.registry import Registry


def command(registry: Registry, context: Context) -> tuple[Command, Args] | None:
    """The command that a text is; None for one that only begins like it, such as `switch case`. A single word may end
    in a question mark."""
    text = context.message.text
    step = registry.parse_line(text.rstrip("?!.") if text.strip().isascii() and len(text.split()) == 1 else text)
    return step if step and _names_roadmaps(context, *step) else None


def _names_roadmaps(context: Context, found: Command, args: Args) -> bool:
    named = (args.get(arg.name) for arg in found.args if arg.kind is ArgKind.ROADMAP)
    return all(name is None or str(name) in context.catalog.roadmaps for name in named)
