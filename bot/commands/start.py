"""start: the first hello, and the way to a roadmap; `start ROADMAP [DATE] [HOURS]` goes it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.commands.begin import begin, checked_hours, checked_start
from bot.commands.from_ import from_
from bot.commands.switch import switch
from bot.commands.task import task
from bot.commands.welcoming import welcome
from bot.domain.errors import UnknownRoadmap
from bot.domain.message import Button, Reply
from bot.domain.roadmap import Roadmap
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.dates import MONTHS, bad_date, read_date
from bot.engine.roadmap_names import named_roadmap

_MONTH = f"(?:{'|'.join(MONTHS)})[a-z]*"
_DATE = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|today|tomorrow|yesterday"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})(?:\s+\d{{4}})?|(?:{_MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)(?![\w-])",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<![\w-])(\d{1,4}(?:\.\d+)?)\s*(?:h|hrs?|hours?)?(?:\s*(?:a|per)\s*week)?(?![\w-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said after `start`."""

    roadmap: Roadmap | None = None
    day: date | None = None
    hours: float | None = None


async def start(context: Context, args: Args) -> Reply:
    """Offer the roadmaps; to somebody who has one, say where they are. `first` says that they wanted something else."""
    said = str(args.get("text") or "").strip()
    typed = said != context.message.text.strip()  # plain words come whole, a command's come without its name
    named = context.catalog.roadmaps.get(str(args.get("roadmap") or ""))
    wish = _read(said, context) if typed and said else Wish(named)
    if context.enrollment is not None:
        return await _under_way(context, wish, said)
    if wish.roadmap is None:
        parts = (f"{wish.hours:g}" if wish.hours else "", wish.day.isoformat() if wish.day else "")
        return welcome(context, first=bool(args.get("first")), wishes="".join(f" {part}" for part in parts if part))
    return await begin(context, {"roadmap": wish.roadmap.id, "start": wish.day, "hours": wish.hours})


async def _under_way(context: Context, wish: Wish, said: str) -> Reply:
    if said.isdigit():
        return await task(context, {"tasks": [said]})
    if wish.roadmap is not None and wish.roadmap is not context.roadmap:
        return await switch(context, {"roadmap": wish.roadmap.id})
    if wish.day is not None:
        return await from_(context, {"start": wish.day.isoformat()})
    here = ((buttons.NEXT, buttons.WEEK), (Button("other_roadmap", "switch"), buttons.HELP))
    return Reply("already_started", {"roadmap": context.roadmap, "name": context.learner.name}, here)


def _read(said: str, context: Context) -> Wish:
    """The roadmap, day and hours in a line. Raises `BadDate`, `BadHours`, `UnknownRoadmap`."""
    named = [r for r in context.catalog.roadmaps.values() if r.id in said.lower()]
    rest = said.lower().replace(named[0].id, " ") if named else said
    day, rest = _day(rest, context)
    hours = _HOURS.search(rest) if context.enrollment is None else None
    rest = rest.replace(hours[0], " ") if hours else rest
    roadmap = named[0] if named else _roadmap(rest, context)
    first = next(iter(context.catalog.roadmaps.values()))
    return Wish(roadmap, day, checked_hours(hours[1], roadmap or first) if hours else None)


def _day(rest: str, context: Context) -> tuple[date | None, str]:
    for found in _DATE.finditer(rest):
        day = read_date(found[0], context.today)
        if day is not None:
            return checked_start(found[0], context), rest.replace(found[0], " ")
    if re.search(r"\d{4}", rest):
        raise bad_date(rest.strip(), context.today)
    return None, rest


def _roadmap(rest: str, context: Context) -> Roadmap | None:
    """A roadmap called by name; words that name none are only talk, unless they look like an id."""
    try:
        return named_roadmap(rest, context.catalog)
    except UnknownRoadmap:
        if re.search(r"\w-\w", rest):
            raise
        return None


COMMAND = Command(
    "start", start, words=("begin_again", "hello"), intents=("start", "greet"),
    args=(Arg("text", ArgKind.TEXT),), in_menu=True, group="settings",
)  # fmt: skip
