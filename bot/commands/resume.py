"""resume: go on where the learner stopped."""

from __future__ import annotations

from bot.domain.enrollment import EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def resume(context: Context, args: Args) -> Reply:
    """The week that was paused begins now."""
    if context.plan.state is EnrollmentState.FINISHED:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS, Button("other_roadmap", "switch")),))
    if context.plan.state is not EnrollmentState.PAUSED:
        return Reply("not_paused", {}, ((buttons.NEXT, buttons.WEEK),))
    number = context.plan.anchor_week
    plan = context.plan.resumed(context.today)
    await context.save("resume", plan=moved_to_now(plan, number, context.preferences, context.now))
    data = {"week": context.roadmap.week(number), "ends_on": context.plan.ends_on(context.roadmap),
            "next_push_at": context.plan.next_plan_at}  # fmt: skip
    return Reply("resumed", data, ((buttons.NEXT, buttons.WEEK),), replaces=True)


COMMAND = Command(
    "resume", resume, words=("unpause",), intents=("resume",), in_menu=True, needs_plan=True, group="dates"
)
