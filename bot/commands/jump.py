"""jump: another week runs now, for those who know what comes before it, or want it again."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.week import week_asked
from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def jump(context: Context, args: Args) -> Reply:
    """Say what would move, with the week itself as the other way; then let it run now, and all after it follow."""
    week = week_asked(context, args["week"])
    before = context.plan.ends_on(context.roadmap)
    active = replace(context.plan, state=EnrollmentState.ACTIVE, paused_until=None, finished_at=None)
    plan = replace(moved_to_now(active, week.first, context.preferences, context.now), focus_week=week.first)
    left = sum(len(context.plan.open_tasks(w)) for w in context.roadmap.weeks if w.first < week.first)
    if args.get("sure") != "yes":
        rows = (
            (Button("jump_yes", f"jump {week.first} yes", {"week": week.label}),),
            (Button("choice_week", f"week {week.first}", {"said": week.label}), Button("stay", "as-it-is")),
        )
        return Reply("jump_sure", {"week": week, "left": left, "ends_on": plan.ends_on(context.roadmap)}, rows)
    await context.save("jump", plan=plan)
    data = {"week": week, "before": before, "ends_on": context.plan.ends_on(context.roadmap),
            "next_push_at": context.plan.next_plan_at}  # fmt: skip
    return Reply("redated", data, ((buttons.NEXT, buttons.UNDO),), replaces=True)


COMMAND = Command(
    "jump", jump, args=(Arg("week", ArgKind.WEEK, required=True), Arg("sure", ArgKind.WORD, pattern="yes")),
    needs_plan=True, group="dates",
)  # fmt: skip
