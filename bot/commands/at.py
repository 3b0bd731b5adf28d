"""at: the weekday and time of the weekly push."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.message import Button, Reply
from bot.domain.schedule import catches_up, moved_to_weekday
from bot.engine import buttons
from bot.engine.arguments import WEEKDAYS, parse_time
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def at(context: Context, args: Args) -> Reply:
    """Change day, time or both; without either, ask."""
    if not args.get("weekday") and not args.get("time"):
        await context.ask("at")
        return Reply("ask_time", {"preferences": context.preferences}, _choices())
    preferences = context.preferences
    if args.get("time"):
        preferences = replace(preferences, push_time=parse_time(str(args["time"])))
    plan = context.enrollment
    if args.get("weekday"):
        weekday = WEEKDAYS.index(str(args["weekday"]))
        preferences = replace(preferences, weekday=weekday)
        if plan is not None:
            plan = moved_to_weekday(plan, weekday, context.roadmap, context.today)
    await context.save("settings", preferences=preferences, plan=plan)
    quiet = preferences.quiet.covers(preferences.push_time)
    next_at = context.enrollment.next_plan_at if context.enrollment else None
    once = context.enrollment is not None and catches_up(context.enrollment)
    data = {"preferences": preferences, "next_push_at": next_at, "once": once, "quiet": quiet}
    return Reply("time_set", data, ((buttons.SETTINGS, buttons.UNDO),), replaces=True)


def _choices() -> buttons.Rows:
    slots = (("mon", "09:00"), ("mon", "19:00"), ("sat", "10:00"), ("sun", "18:00"))
    made = [Button(f"at_{day}", f"at {day} {time}", {"time": time}) for day, time in slots]
    return (tuple(made[:2]), tuple(made[2:]))


COMMAND = Command(
    "at", at, words=("weekday",), intents=("set_time",),
    args=(Arg("weekday", ArgKind.WEEKDAY), Arg("time", ArgKind.TIME)),
    group="settings",
)  # fmt: skip
