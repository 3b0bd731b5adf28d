"""Whether a typed line is a command: only when all of it is, down to a roadmap that there is."""

from __future__ import annotations

import re

from bot.domain.errors import UnknownRoadmap
from bot.engine.command import ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.dates import read_date
from bot.engine.registry import Registry
from bot.engine.roadmap_names import named_roadmap

UNTIL = "until"
"""What a command calls the day it takes."""


def command(registry: Registry, context: Context) -> tuple[Command, Args] | None:
    """The command that a text is; None for one that only begins like it, such as `switch case`. A single word may end
    in a question mark."""
    text = context.message.text
    if context.enrollment is None and text.lower().split()[:1] in (["pick"], ["choose"]):
        return registry.parse_line(_picked(text.partition(" ")[2].strip(), context))
    step = registry.parse_line(text.rstrip("?!.") if text.strip().isascii() and len(text.split()) == 1 else text)
    return step if step and _names_roadmaps(context, *step) else _until_a_day(registry, context)


def _until_a_day(registry: Registry, context: Context) -> tuple[Command, Args] | None:
    """A line such as `pause until 15 March`, of which all but the command's word is a day, however that is written.
    Raises `BadDate` for a day that no calendar has."""
    found, rest = registry.begins(context.message.text)
    takes = found is not None and any(arg.kind is ArgKind.DATE and arg.name == UNTIL for arg in found.args)
    if found is None or not takes or not re.search(r"\d", rest):  # `pause today` says from when
        return None
    day = read_date(re.sub(r"(?i)^me\s+", "", rest).rstrip("?! "), context.today)
    return (found, {UNTIL: day.isoformat()}) if day else None


def _picked(said: str, context: Context) -> str:
    """The line that takes the roadmap of that name, or of that number in the list; the list itself for any other."""
    roadmaps = list(context.catalog.roadmaps.values())
    number = int(said) if said.isdecimal() and len(said) == 1 else 0
    try:
        found = roadmaps[number - 1] if 1 <= number <= len(roadmaps) else named_roadmap(said, context.catalog)
    except UnknownRoadmap:
        found = None
    return f"begin {found.id}" if found else "start"


def _names_roadmaps(context: Context, found: Command, args: Args) -> bool:
    named = (args.get(arg.name) for arg in found.args if arg.kind is ArgKind.ROADMAP)
    return all(name is None or str(name) in context.catalog.roadmaps for name in named)
