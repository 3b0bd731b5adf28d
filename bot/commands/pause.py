"""pause: no pushes, and no week lost, until a date or until the learner is back."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.enrollment import EnrollmentState
from bot.domain.errors import BadDate
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.domain.schedule import back_on
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def pause(context: Context, args: Args) -> Reply:
    """Stop pushes. The week that runs begins anew when the learner comes back, and the rest moves with it."""
    if context.plan.state is EnrollmentState.FINISHED:
        return Reply("nothing_to_pause", {}, ((buttons.PROGRESS,),))
    until = _until(context, args)
    where = place(context.plan, context.roadmap, context.today)
    number = where.slot.number if where.slot else where.week.first
    on = back_on(until or context.today, context.preferences.weekday)
    await context.save("pause", plan=context.plan.paused(number, on, on if until else None))
    await context.work.cancel_deliveries(context.learner.id)
    data = {"week": where.week, "until": on if until else None, "at": context.plan.next_push_at}
    return Reply("paused", data, ((Button("resume", "resume"), buttons.UNDO),), replaces=True)


def _until(context: Context, args: Args) -> date | None:
    """The day the pause ends, from a date or a number of days. Raises `BadDate`."""
    until = None
    if args.get("until"):
        until = date.fromisoformat(str(args["until"]))
    elif args.get("days"):
        until = context.today + timedelta(days=min(int(str(args["days"])), 4000))
    if until and not context.today < until <= context.today + timedelta(days=366):
        raise BadDate(f"{until:%Y-%m-%d}", today=context.today)
    return until


COMMAND = Command(
    "pause", pause, words=("holiday", "vacation"), intents=("pause", "stop"),
    args=(Arg("until", ArgKind.DATE), Arg("days", ArgKind.NUMBER)), in_menu=True, needs_plan=True,
)  # fmt: skip
