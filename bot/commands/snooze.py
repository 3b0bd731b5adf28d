"""snooze: remind me later, once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.enrollment import EnrollmentState
from bot.domain.errors import NotUnderstoodTime, Refusal
from bot.domain.intent import Slot
from bot.domain.message import Button, Reply
from bot.domain.wallclock import instant, next_weekday
from bot.engine import buttons
from bot.engine.arguments import WEEKDAYS, parse_time
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.dates import bad_date, read_date, within, without_lead

EVENING = time(18, 30)
FARTHEST = timedelta(days=60)
_NAMES_A_TIME = re.compile(r"\d|\b(?:until|till)\b", re.IGNORECASE)

_WEEKLY = re.compile(r"\b(?:every|each)\b", re.IGNORECASE)


async def snooze(context: Context, args: Args) -> Reply:
    """One reminder: after so long, at a time, or this evening if it is not too late, else tomorrow."""
    state = context.plan.state
    if state is EnrollmentState.PAUSED:
        return Reply("no_reminder", {"paused": True}, ((Button("resume", "resume"), buttons.NEXT),))
    if state is EnrollmentState.FINISHED:
        return Reply("no_reminder", {"paused": False}, ((buttons.PROGRESS, Button("other_roadmap", "switch")),))
    at = context.preferences.loud(_when(context, args))
    if not context.now < at <= context.now + FARTHEST:
        raise bad_date(args.get("until") or f"{at:%Y-%m-%d}", context.today, context.today + FARTHEST)
    local = at.astimezone(context.preferences.tz)
    reminder = Delivery(
        id=0, enrollment_id=context.plan.id, learner_id=context.learner.id, kind=DeliveryKind.NUDGE,
        local_date=local.date(), minute=local.hour * 60 + local.minute, due_at=at, not_before=at,
        expires_at=at + timedelta(days=2),
    )  # fmt: skip
    await context.work.withdraw(context.learner.id, DeliveryKind.NUDGE)  # one at a time: a new one takes its place
    await context.work.schedule(reminder)
    await context.note("snooze")
    later = (Button("tomorrow", "snooze tomorrow"),) if local.date() == context.today else ()
    return Reply("snoozed", {"at": at}, ((buttons.NEXT, *later, buttons.UNDO),), replaces=False)


def _when(context: Context, args: Args) -> datetime:
    length = timedelta(
        days=_number(args, "days"), hours=_number(args, "hours"), minutes=_number(args, "minutes")
    )  # fmt: skip
    wall = parse_time(str(args["time"])) if args.get("time") else None
    if length and not wall:
        return context.now + length
    day = _day(context, args, length.days)
    at = instant(day, wall or EVENING, context.preferences.tz)
    return at if at > context.now + timedelta(hours=1) else at + timedelta(days=1)


def _day(context: Context, args: Args, ahead: int) -> date:
    """The day that was said, or so many days ahead."""
    if args.get("until"):
        return within(_read(context, args["until"]), args["until"], context.today, context.today + FARTHEST)
    if args.get("weekday"):
        return next_weekday(context.today + timedelta(days=1), WEEKDAYS.index(str(args["weekday"])))
    if args.get("when") == "tomorrow":
        return context.today + timedelta(days=1)
    if args.get("when") not in {None, "tonight", "today"}:
        raise NotUnderstoodTime(args["when"])
    return context.today + timedelta(days=ahead)


def _read(context: Context, said: object) -> date:
    day = read_date(str(said), context.today)
    if day is None:
        raise bad_date(said, context.today, context.today + FARTHEST)
    return day


def _misread(context: Context, rest: str, slots: Mapping[str, Slot]) -> Refusal | None:
    """A time that cannot be read is no reminder for this evening; one for every week is no reminder at all."""
    if slots or _WEEKLY.search(rest) or not _NAMES_A_TIME.search(rest):
        return None
    read_date(rest, context.today)
    return bad_date(without_lead(rest.removeprefix("me ")), context.today, context.today + FARTHEST)


def _number(args: Args, name: str) -> int:
    return min(int(str(args.get(name) or 0)), 10_000)


COMMAND = Command(
    "snooze", snooze, words=("later", "remind"), intents=("snooze",),
    args=(
        Arg("time", ArgKind.TIME), Arg("hours", ArgKind.NUMBER), Arg("until", ArgKind.DATE), Arg("when", ArgKind.WORD),
    ),
    needs_plan=True, misread=_misread, group="dates",
)  # fmt: skip
