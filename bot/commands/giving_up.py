"""giving-up: somebody who is close to it hears something kind, one small step, and that a pause is a way too."""

from __future__ import annotations

from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.router import menu


async def giving_up(context: Context, args: Args) -> Reply:
    """Change nothing: what was done stays, the next thing may be small, a pause costs nothing."""
    step = next_step(context.plan, context.roadmap, context.today)
    if step is None or context.plan.state not in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED):
        return Reply("giving_up", {"step": None, "done": 0, "paused": False}, menu(context))
    paused = context.plan.state is EnrollmentState.PAUSED
    await context.show(step.week)
    data = {"step": step, "done": len(context.plan.completions), "paused": paused}
    way_out = Button("resume", "resume") if paused else Button("choice_pause", "pause")
    return Reply("giving_up", data, ((buttons.begin_task(step.task, step.number), way_out), (buttons.STUCK,)))


COMMAND = Command("giving-up", giving_up, needs_plan=True)
