"""stuck: the smallest step that still moves, and where to read."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.notes import read_button, reading


async def stuck(context: Context, args: Args) -> Reply:
    """A way on with the task at hand."""
    step = next_step(context.plan, context.roadmap, context.today)
    if step is None:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS,),))
    notes, resources = reading(context.study.library, step.task, step.week)
    data = {"step": step, "notes": notes, "resources": resources}
    rows = [(buttons.done(step.task), *(read_button(step.task, step.week) or (buttons.WEEK,))), (buttons.REDATE,)]
    if await context.work.groups.mine(context.learner.id):
        rows[1] = (Button("ask_my_group", "group_ask task:now"), buttons.REDATE)
    return Reply("stuck", data, tuple(rows))


COMMAND = Command("stuck", stuck, intents=("stuck",), in_menu=True, needs_plan=True, group="week")
