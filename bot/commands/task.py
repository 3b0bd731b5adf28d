"""task: one task close up: its first step, when it is done, what to read."""

from __future__ import annotations

from bot.commands.done import tasks_meant, week_meant
from bot.commands.next import next_task
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.notes import read_button, reading
from bot.engine.views import caveats


async def task(context: Context, args: Args) -> Reply:
    """Show a task so that the learner can begin at once."""
    meant = tasks_meant(context, week_meant(context, args), args)
    if not meant:
        return await next_task(context, args)
    found = context.roadmap.task(meant[0].id)
    assert found is not None, "tasks_meant names tasks of the roadmap only"
    week, chosen = found
    notes, resources = reading(context.study.library, chosen, week)
    data = {"task": chosen, "week": week, "number": week.task_number(chosen.id), "done": context.plan.is_done(chosen),
            "project": context.roadmap.project(chosen.project),
            "notes": notes, "resources": resources,
            "caveats": caveats(week, chosen.title, *(r.title for r in resources))}  # fmt: skip
    second = read_button(chosen, week) or (Button("quick", "quick"),)
    return Reply("task", data, ((buttons.done(chosen), *second), (buttons.STUCK, buttons.WEEK)))


COMMAND = Command("task", task, args=(Arg("tasks", ArgKind.TASKS),), needs_plan=True, group="week")
