"""hours: how much time a week there is, which sets how long the roadmap takes."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.commands.begin import checked_hours, offer
from bot.domain.errors import BadHours
from bot.domain.message import Button, Reply
from bot.domain.plan import Standing, place
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

_HOURS = re.compile(
    r"(?:about |around |to )?(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|hours?|hrs?)?(?:\s*(?:a|per|each|/)\s*week)?",
    re.IGNORECASE,
)


async def hours(context: Context, args: Args) -> Reply:
    """Change the hours. The week that runs stays where it is; the ones after it move."""
    said = str(args.get("text") or "").strip()
    number = _HOURS.fullmatch(said)
    if number is None:
        if re.search(r"\d", said):
            raise BadHours(said)
        return await _ask(context)
    wanted = checked_hours(number[1].replace(",", "."), context.roadmap)
    where = place(context.plan, context.roadmap, context.today)
    first = where.slot.number if where.slot else 1
    upcoming = context.plan.next_push_on
    plan = replace(context.plan.with_hours(wanted, first, context.roadmap, context.today), next_push_on=upcoming)
    await context.save("settings", plan=plan)
    if where.standing is Standing.NOT_BEGUN:
        return await offer(context)
    plan, roadmap = context.plan, context.roadmap
    data = {"hours": wanted, "pace": plan.pace(roadmap), "ends_on": plan.ends_on(roadmap), "roadmap": roadmap,
            "week": where.week, "state": plan.state}  # fmt: skip
    return Reply("hours_set", data, ((buttons.NEXT, buttons.PLAN), (buttons.UNDO,)), replaces=True)


async def _ask(context: Context) -> Reply:
    await context.ask("hours")
    made = [Button("hours", f"hours {h}", {"hours": h}) for h in (5, 8, 12, 20, 25)]
    return Reply("ask_hours", {"plan": context.plan}, (tuple(made[:3]), tuple(made[3:])))


def _is_number(context: Context, args: Args) -> bool:
    return bool(_HOURS.fullmatch(str(args.get("text", ""))))


COMMAND = Command("hours", hours, args=(Arg("text", ArgKind.TEXT),), needs_plan=True, accepts=_is_number, group="dates")
