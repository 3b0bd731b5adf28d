"""from: the day a plan begins, as long as nothing of it is done."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.begin import checked_start, offer
from bot.commands.pause import pause
from bot.commands.redate import redate
from bot.domain.message import Reply
from bot.domain.schedule import first_week_begins
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def from_(context: Context, args: Args) -> Reply:
    """Begin on another day. A plan that is under way is re-dated instead."""
    day = checked_start(args.get("start"), context)
    if context.plan.completions or context.plan.anchor_week != 1:
        return await (pause(context, {"until": day.isoformat()}) if day > context.today else redate(context, {}))
    begins = first_week_begins(day, context.preferences.weekday)
    await context.save("settings", plan=replace(context.plan.anchored(1, begins), started_on=day))
    return await offer(context)


COMMAND = Command("from", from_, args=(Arg("start", ArgKind.TEXT),), needs_plan=True, group="dates")
