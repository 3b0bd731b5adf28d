"""snooze: remind me later, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.errors import BadDate
from bot.domain.message import Button, Reply
from bot.domain.wallclock import instant
from bot.engine import buttons
from bot.engine.arguments import parse_time
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

EVENING = time(18, 30)


async def snooze(context: Context, args: Args) -> Reply:
    """One reminder: after so long, at a time, or this evening if it is not too late, else tomorrow."""
    at = context.preferences.loud(_when(context, args))
    if not context.now < at <= context.now + timedelta(days=60):
        raise BadDate(f"{at:%Y-%m-%d}", today=context.today)
    local = at.astimezone(context.preferences.tz)
    reminder = Delivery(
        id=0, enrollment_id=context.plan.id, learner_id=context.learner.id, kind=DeliveryKind.NUDGE,
        local_date=local.date(), minute=local.hour * 60 + local.minute, due_at=at, not_before=at,
        expires_at=at + timedelta(days=2),
    )  # fmt: skip
    await context.work.schedule(reminder)
    later = Button("tomorrow", "snooze tomorrow")
    return Reply("snoozed", {"at": at}, ((buttons.NEXT, later),), replaces=False)


def _when(context: Context, args: Args) -> datetime:
    length = timedelta(
        days=_number(args, "days"), hours=_number(args, "hours"), minutes=_number(args, "minutes")
    )  # fmt: skip
    wall = parse_time(str(args["time"])) if args.get("time") else None
    if length and not wall:
        return context.now + length
    day = context.today + timedelta(days=length.days)
    if args.get("when") == "tomorrow" or args.get("until"):
        day = datetime.fromisoformat(str(args["until"])).date() if args.get("until") else day + timedelta(days=1)
    at = instant(day, wall or EVENING, context.preferences.tz)
    return at if at > context.now + timedelta(hours=1) else at + timedelta(days=1)


def _number(args: Args, name: str) -> int:
    return min(int(str(args.get(name) or 0)), 10_000)


COMMAND = Command(
    "snooze", snooze, words=("later", "remind"), intents=("snooze",),
    args=(Arg("time", ArgKind.TIME), Arg("hours", ArgKind.NUMBER), Arg("when", ArgKind.WORD)), needs_plan=True,
)  # fmt: skip
