"""week: a week's plan, this one or any other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.errors import Refusal, UnknownWeek
from bot.domain.intent import Slot
from bot.domain.message import Reply
from bot.domain.plan import place
from bot.domain.roadmap import Week
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.notes import week_buttons
from bot.engine.views import week_data, week_to_show

LONGEST_SAID = 20
_RANGE = re.compile(r"\d{1,2}\s*[-\u2013]\s*\d{1,2}")


async def week(context: Context, args: Args) -> Reply:
    """Show a week: topics, tasks with their state, when it is done, when it comes."""
    found = week_asked(context, args.get("week"))
    mine = week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))
    await context.show(found)  # what is before the learner's eyes is what numbers mean
    open_tasks = context.plan.open_tasks(found)
    data = week_data(context.plan, context.roadmap, found, context.today) | {"mine": found is mine}
    if found is mine:
        return Reply("week", data, buttons.for_week_asked(found, open_tasks[0] if open_tasks else None))
    notes = week_buttons(found)
    return Reply("week", data, ((buttons.NEXT, buttons.WEEK), *((notes,) if notes else ())))


def week_asked(context: Context, said: object) -> Week:
    """The unit that was meant: by its number, "+1" or "-1" from now, or the present one. Raises `UnknownWeek`."""
    here = week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))
    if said is None:
        return here
    if str(said).startswith(("+", "-")):
        index = context.roadmap.index(here) + int(str(said))
        return context.roadmap.weeks[min(max(index, 0), len(context.roadmap.weeks) - 1)]
    found = context.roadmap.week(int(str(said)))
    if found is None:
        raise UnknownWeek(said, length=context.roadmap.length)
    return found


_NO_WEEK = re.compile(r"-\s*\d.*|\S*\d\S*")
_AROUND = frozenset(("now", "this", "next", "last", "current", "please", "plan", "view", "ahead", "before", "overview",
                     "tasks", "list", "again", "one", "two", "three", "four", "five", "six", "seven", "eight",
                     "nine", "ten", "eleven", "twelve"))  # fmt: skip
"""Single words that say something beside `week`; any other names no week."""


def _misread(context: Context, rest: str, slots: Mapping[str, Slot]) -> Refusal | None:
    """A week that is no number, such as `-3`, `1e9` or `abc`, is not this week. `15-16` means its first."""
    said = rest.rstrip("?!. ")
    alone = " " not in said and said.isalpha() and said.isascii() and said.lower() not in _AROUND
    if _RANGE.fullmatch(said) or not (_NO_WEEK.fullmatch(said) or alone):
        return None
    length = context.roadmap.length if context.enrollment else 0
    return UnknownWeek(said[:LONGEST_SAID], length=length) if length else None


COMMAND = Command(
    "week",
    week,
    words=("thisweek",),
    intents=("week",),
    args=(Arg("week", ArgKind.WEEK),),
    in_menu=True,
    needs_plan=True,
    misread=_misread,
    group="week",
)
