"""pause: no pushes, and no week lost, until a date or until the learner is back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.domain.enrollment import EnrollmentState
from bot.domain.errors import Refusal
from bot.domain.intent import Slot
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.domain.schedule import back_on
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.dates import YEAR, bad_date, read_date, within, without_lead

_NAMES_AN_END = re.compile(r"\d|\b(?:until|till)\b", re.IGNORECASE)


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
    data = {"week": where.week, "until": on if until else None, "at": context.plan.next_push_at,
            "asked": until if until != on else None}  # fmt: skip
    return Reply("paused", data, ((Button("resume", "resume"), buttons.UNDO),), replaces=True)


def _until(context: Context, args: Args) -> date | None:
    """The day the pause ends, from a date or a number of days. Raises `BadDate`."""
    tomorrow = context.today + timedelta(days=1)
    said: object = args.get("until")
    if said:
        until = read_date(str(said), context.today)
    elif args.get("days"):
        said = f"{args['days']} days"
        until = context.today + timedelta(days=min(int(str(args["days"])), 4000))
    else:
        return None
    if until is None:
        raise bad_date(said, tomorrow)
    return within(until, said, tomorrow, context.today + YEAR)


def _misread(context: Context, rest: str, slots: Mapping[str, Slot]) -> Refusal | None:
    """An end that cannot be read is no pause without an end."""
    if not _NAMES_AN_END.search(rest):
        return None
    read_date(rest, context.today)  # an impossible date is refused by what it is
    if slots.keys() & {"until", "days", "weekday"}:
        return None
    return bad_date(without_lead(rest), context.today + timedelta(days=1))


COMMAND = Command(
    "pause", pause, words=("holiday", "vacation"), intents=("pause", "stop"),
    args=(Arg("until", ArgKind.DATE), Arg("days", ArgKind.NUMBER)), in_menu=True, needs_plan=True, misread=_misread,
    group="dates",
)  # fmt: skip
