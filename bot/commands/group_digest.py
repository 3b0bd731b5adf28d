"""group digest: when the week's news goes out to the group's chats, or that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.group import DigestTime, Role, StudyGroup
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.domain.wallclock import city_of
from bot.engine.arguments import WEEKDAYS, parse_time
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def change(context: Context, args: Args, seat: Seat) -> Reply:
    """Change day, time, place, on or off; without any of them say how it is."""
    group, digest, place = seat.group, seat.group.digest, str(args.get("place") or "")
    if args.get("weekday"):
        digest = replace(digest, weekday=WEEKDAYS.index(str(args["weekday"])))
    if args.get("time"):
        digest = replace(digest, at=parse_time(str(args["time"])))
    if args.get("weekday") or args.get("time"):
        digest = replace(digest, on=True)
    if place:
        digest = replace(digest, on=place != "off")
    if place and place not in ("on", "off"):
        zones = context.places.zones(place)
        if not zones or not context.places.names(place):
            return await _which_place(context, group, args, zones)
        digest = replace(digest, zone=zones[0])
    if digest != group.digest:
        group = replace(group, digest=digest, next_digest_on=_next_on(context, group, digest))
        await context.work.groups.save(group)
        await context.work.groups.note(Entry(group.id, context.now, Deed.DIGEST, context.learner.id))
    chats = len(await context.work.groups.chats(group.id))
    next_on = group.next_digest_on or digest.next_after(context.now)
    data = {"group": group, "chats": chats, "next_at": digest.instant_on(next_on), "zone": digest.zone}
    return Reply("group_digest", data, _rows(group.id, on=digest.on), replaces=digest != seat.group.digest)


async def _which_place(context: Context, group: StudyGroup, args: Args, zones: Sequence[str]) -> Reply:
    """Nothing is set for a place that is not known, nor for one that is only written like it: that is asked. The day
    and hour that were said with it are kept for the answer."""
    at = " ".join([f"group_digest #{group.id}", *(str(args[name]) for name in ("weekday", "time") if args.get(name))])
    await context.ask(at)
    rows = tuple((Button("city", f"{at} {zone}", {"city": city_of(zone)}),) for zone in zones[:1])
    return Reply("group_digest_place", {"group": group, "said": args["place"], "zone": zones[0] if zones else ""}, rows)


def _next_on(context: Context, group: StudyGroup, digest: DigestTime) -> date:
    """The day of the next news. Where it was still to come today and is moved to an hour that is past, it is due at
    once: the week is not left out."""
    today = context.now.astimezone(digest.tz).date()
    owed = group.next_digest_on == today and context.now < group.digest.instant_on(today)
    past = today.weekday() == digest.weekday and digest.instant_on(today) <= context.now
    return today if digest.on and owed and past else digest.next_after(context.now)


def _rows(number: int, *, on: bool) -> tuple[tuple[Button, ...], ...]:
    at = f"group_digest #{number}"
    times = tuple(
        Button(f"at_{day}", f"{at} {day} {time}", {"time": time}) for day, time in (("sun", "18:00"), ("mon", "09:00"))
    )
    return (times, (Button("digest_off", f"{at} off") if on else Button("digest_on", f"{at} on"),))


COMMAND = Command(
    "group_digest", seated(change, Role.ORGANISER), words=("group digest", "group news"),
    args=(Arg("group", ArgKind.GROUP), Arg("weekday", ArgKind.WEEKDAY), Arg("time", ArgKind.TIME),
          Arg("place", ArgKind.ZONE)),
    accepts=lambda context, args: not args.get("place") or bool(context.places.zones(str(args["place"]))),
)  # fmt: skip
