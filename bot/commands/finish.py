"""finish: the end of a roadmap, by the last task or by the learner's word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.plan import progress
from bot.domain.roadmap import Task
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def finish(context: Context, args: Args) -> Reply:
    """End the plan, after asking while anything is open. Nothing done is lost, and it can be taken back."""
    if context.plan.state is not EnrollmentState.FINISHED and args.get("sure") is None:
        return _sure(context)
    if context.plan.state is not EnrollmentState.FINISHED:
        await context.save("finish", plan=context.plan.finished(context.now))
        await context.work.cancel_deliveries(context.learner.id)
    return finished_reply(context)


def _sure(context: Context) -> Reply:
    shown = progress(context.plan, context.roadmap, context.today, context.preferences.tz)
    rows = ((Button("finish", "finish sure"), Button("leave_it", "as-it-is")),)
    return Reply("finish_sure", {"roadmap": context.roadmap, "progress": shown}, rows)


def finished_reply(context: Context, tasks: Sequence[Task] = ()) -> Reply:
    """What stands at the end."""
    roadmap = context.roadmap
    data = {
        "roadmap": roadmap, "progress": progress(context.plan, roadmap, context.today, context.preferences.tz),
        "tasks": tasks, "name": context.learner.name, "plan": context.plan,
    }  # fmt: skip
    return Reply("finished", data, ((buttons.PROGRESS, Button("other_roadmap", "switch")), (buttons.UNDO,)))


COMMAND = Command(
    "finish", finish, args=(Arg("sure", ArgKind.WORD, pattern="sure"),), needs_plan=True, confirms=True, group="dates"
)  # fmt: skip
