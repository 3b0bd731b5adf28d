"""group cohort: a roadmap and a start date, suggested to newcomers and asked of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.errors import UnknownRoadmap
from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def cohort(context: Context, args: Args, seat: Seat) -> Reply:
    """Suggest a roadmap, with a date or without; `off` suggests none."""
    said, group = str(args.get("roadmap") or ""), seat.group
    roadmaps = context.catalog.roadmaps
    if said and said != "off" and said not in roadmaps:
        raise UnknownRoadmap(said)
    if said:
        on = date.fromisoformat(str(args["date"])) if args.get("date") and said != "off" else None
        group = replace(group, roadmap_id="" if said == "off" else said, starts_on=on)
        await context.work.groups.save(group)
        await context.work.groups.note(Entry(group.id, context.now, Deed.COHORT, context.learner.id))
    rows = [
        (Button("roadmap", f"group_cohort #{group.id} {r.id}", {"title": r.name, "weeks": r.length}),)
        for r in roadmaps.values() if r.id != group.roadmap_id
    ]  # fmt: skip
    data = {"group": group, "roadmap": roadmaps.get(group.roadmap_id)}
    return Reply("group_cohort", data, tuple(rows[:4]), replaces=bool(said))


COMMAND = Command(
    "group_cohort", seated(cohort, Role.ORGANISER), words=("group cohort",),
    args=(Arg("group", ArgKind.GROUP), Arg("roadmap", ArgKind.ROADMAP), Arg("date", ArgKind.DATE)),
)  # fmt: skip
