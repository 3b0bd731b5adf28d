"""skip: leave what is left of earlier weeks behind, on purpose."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.message import Reply
from bot.domain.plan import place
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def skip(context: Context, args: Args) -> Reply:
    """Go on with the calendar's week. The rest can still be done, and is not brought up again."""
    where = place(context.plan, context.roadmap, context.today)
    left = sum(len(context.plan.open_tasks(week)) for week in where.left)
    await context.save("skip", plan=replace(context.plan, focus_week=where.week.first))
    return Reply("skipped", {"week": where.week, "left": left}, ((buttons.NEXT, buttons.UNDO),), replaces=True)


COMMAND = Command("skip", skip, needs_plan=True, group="dates")
