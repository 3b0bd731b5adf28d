"""zone: where the learner is, so that nine o'clock is their nine o'clock."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import UnknownZone
from bot.domain.message import Button, Reply
from bot.domain.schedule import catches_up
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def zone(context: Context, args: Args) -> Reply:
    """Set the time zone by a city's name; without one, ask."""
    said = args.get("timezone") or args.get("place")
    if not said:
        await context.ask("zone")
        return Reply("ask_zone", {}, buttons.cities())
    found = context.places.zones(str(said))
    if not found:
        raise UnknownZone(said)
    preferences = replace(context.preferences, zone=found[0])
    plan = context.enrollment
    if plan is not None and not context.preferences.zone:
        plan = replace(plan, next_push_at=None)  # an hour in no zone of theirs was never promised
    await context.save("settings", preferences=preferences, plan=plan)
    next_at = context.enrollment.next_plan_at if context.enrollment else None
    once = context.enrollment is not None and catches_up(context.enrollment)
    data = {"preferences": preferences, "now": context.now, "next_push_at": next_at, "once": once, "zone": found[0]}
    rows = ((buttons.NEXT, Button("other_city", "zone")),) if context.enrollment else ((Button("begin", "start"),),)
    return Reply("zone_set", data, rows, replaces=True)


COMMAND = Command(
    "zone", zone, words=("timezone", "city"), intents=("set_timezone",), args=(Arg("place", ArgKind.ZONE),),
    accepts=lambda context, args: bool(context.places.zones(str(args.get("place", "")))),
    group="settings",
)  # fmt: skip
