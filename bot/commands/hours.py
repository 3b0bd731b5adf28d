"""hours: how much time a week there is, which sets how long the roadmap takes."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.commands.begin import checked_hours, offer
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def hours(context: Context, args: Args) -> Reply:
    """Change the hours. The week that runs stays where it is; the ones after it move."""
    number = re.search(r"\d{1,3}", str(args.get("text") or ""))
    if number is None:
        made = [Button("hours", f"hours {h}", {"hours": h}) for h in (5, 8, 12, 20, 25)]
        return Reply("ask_hours", {"plan": context.plan}, (tuple(made[:3]), tuple(made[3:])))
    wanted = checked_hours(number[0], context.roadmap)
    where = place(context.plan, context.roadmap, context.today)
    first = where.slot.number if where.slot else 1
    begins = context.plan.starts_on(first, context.roadmap)
    await context.save("settings", plan=replace(context.plan.anchored(first, begins), hours=wanted))
    return await offer(context)


COMMAND = Command("hours", hours, args=(Arg("text", ArgKind.TEXT),), needs_plan=True)
