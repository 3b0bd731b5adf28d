"""progress: how far, how steadily, and when the end is."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.domain.plan import place, progress
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def show_progress(context: Context, args: Args) -> Reply:
    """The learner's own progress over the whole roadmap."""
    plan, roadmap = context.plan, context.roadmap
    data = {
        "progress": progress(plan, roadmap, context.today, context.preferences.tz), "roadmap": roadmap,
        "place": place(plan, roadmap, context.today), "plan": plan, "phases": _phases(context),
        "begins": plan.begins_on(1, roadmap),
    }  # fmt: skip
    return Reply("progress", data, ((buttons.NEXT, buttons.PLAN),))


def _phases(context: Context) -> list[dict[str, object]]:
    """Each phase with its share of tasks done, in per cent."""
    rows: list[dict[str, object]] = []
    for phase in context.roadmap.phases:
        tasks = [task for week in phase.weeks for task in week.tasks]
        done = sum(context.plan.is_done(task) for task in tasks)
        rows.append({"phase": phase, "percent": 100 * done // len(tasks)})
    return rows


COMMAND = Command(
    "progress",
    show_progress,
    words=("stats", "status"),
    intents=("progress",),
    in_menu=True,
    needs_plan=True,
    group="week",
)
