"""redate: let the first open week be the one that runs now, and move the rest with it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Reply
from bot.domain.plan import next_step
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def redate(context: Context, args: Args) -> Reply:
    """Move the dates so that nothing is behind. What is done stays done."""
    step = next_step(context.plan, context.roadmap, context.today)
    if step is None:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS,),))
    before = context.plan.ends_on(context.roadmap)
    active = replace(context.plan, state=EnrollmentState.ACTIVE, paused_until=None, finished_at=None)
    plan = moved_to_now(active, step.week.first, context.preferences, context.now)
    await context.save("redate", plan=plan)
    data = {"week": step.week, "before": before, "ends_on": context.plan.ends_on(context.roadmap),
            "next_push_at": context.plan.next_plan_at}  # fmt: skip
    return Reply("redated", data, ((buttons.NEXT, buttons.UNDO),), replaces=True)


COMMAND = Command("redate", redate, needs_plan=True, group="dates")
