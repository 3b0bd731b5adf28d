"""stuck: the smallest step that still moves, and where to read."""

from __future__ import annotations

from bot.domain.errors import UnknownTask
from bot.domain.message import Button, Reply
from bot.domain.plan import NextStep, Reason, next_step, place
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.notes import read_button, reading
from bot.engine.views import week_at_hand


async def stuck(context: Context, args: Args) -> Reply:
    """A way on with the task at hand."""
    step = _named(context, args) or next_step(context.plan, context.roadmap, context.today)
    if step is None:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS,),))
    notes, resources = reading(context.study.library, step.task, step.week)
    data = {"step": step, "notes": notes, "resources": resources}
    rows = [(buttons.done(step.task), *(read_button(step.task, step.week) or (buttons.WEEK,))), (buttons.REDATE,)]
    if await context.work.groups.mine(context.learner.id):
        rows[1] = (Button("ask_my_group", "group_ask task:now"), buttons.REDATE)
    return Reply("stuck", data, tuple(rows))


def _named(context: Context, args: Args) -> NextStep | None:
    """The step for the task whose number was said, in the week at hand."""
    said = args.get("tasks")
    if not isinstance(said, list) or not said:
        return None
    week = week_at_hand(context.learner, context.plan, context.roadmap, context.today)
    number = said[0]
    if not 1 <= number <= len(week.tasks):
        raise UnknownTask(str(number), week=week, count=len(week.tasks))
    where = place(context.plan, context.roadmap, context.today)
    still_open = len(context.plan.open_tasks(week))
    return NextStep(week.tasks[number - 1], week, number, Reason.IN_ORDER, still_open, where)


COMMAND = Command("stuck", stuck, intents=("stuck",), in_menu=True, needs_plan=True, group="week")
