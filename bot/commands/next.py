"""next: the one thing to do now, and why."""

from __future__ import annotations

from bot.commands.finish import finished_reply
from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def next_task(context: Context, args: Args) -> Reply:
    """The first open task that matters for this learner now. Asked twice, it is the same."""
    plan, roadmap = context.plan, context.roadmap
    step = next_step(plan, roadmap, context.today)
    if step is None or plan.state is EnrollmentState.FINISHED:
        return finished_reply(context)
    await context.show(step.week)
    data = {
        "step": step, "roadmap": roadmap, "paused": plan.state is EnrollmentState.PAUSED, "plan": plan,
        "begins": plan.begins_on(step.week.first, roadmap), "plan_begins": plan.begins_on(1, roadmap),
        "project": roadmap.project(step.task.project),
    }  # fmt: skip
    if plan.state is EnrollmentState.PAUSED:
        return Reply("next", data, ((buttons.done(step.task), Button("resume", "resume")),))
    return Reply("next", data, buttons.for_step(step))


COMMAND = Command(
    "next", next_task, words=("now", "todo"), intents=("next",), in_menu=True, needs_plan=True, group="week"
)
