"""behind: somebody feels late; show one small step and the ways on, and change nothing yet."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.domain.plan import next_step, place
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def behind(context: Context, args: Args) -> Reply:
    """What is open from before, and what moving the dates would mean."""
    plan, roadmap = context.plan, context.roadmap
    step = next_step(plan, roadmap, context.today)
    if step is None:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS,),))
    where = place(plan, roadmap, context.today)
    moved = moved_to_now(plan, step.week.first, context.preferences, context.now)
    left = sum(len(plan.open_tasks(week)) for week in where.left)
    data = {"step": step, "left": left, "ends_on": plan.ends_on(roadmap), "moved_end": moved.ends_on(roadmap)}
    ways = [buttons.REDATE] if where.left else [Button("quick", "quick")]
    if where.left:
        ways.append(Button("skip_to", "skip", {"week": where.week.label}))
    return Reply("behind", data, ((buttons.NEXT,), tuple(ways)))


COMMAND = Command(
    "behind", behind, words=("late",), intents=("catch_up",), in_menu=True, needs_plan=True, group="dates"
)
