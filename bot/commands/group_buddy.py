"""group buddy: somebody of one's own pace and hours to study with, when both want one."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Membership, Sharing
from bot.domain.message import Button, Reply
from bot.domain.posting import notice
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.introductions import introduction, say_hi
from bot.engine.seats import Seat, seated

AN_HOUR_A_WEEK, AN_HOUR_AWAY = 1.0, 2.0
"""How much a difference of an hour counts: in the week's work, and on the clock."""


async def buddy(context: Context, args: Args, seat: Seat) -> Reply:
    """Look for one, or stop looking. Two who both look are introduced, and the mentor gets out of the way."""
    if args.get("want") == "off":
        await context.work.groups.keep(replace(seat.me, buddy=False))
        return Reply("group_buddy_off", {"group": seat.group}, replaces=True)
    if seat.me.sharing is Sharing.HIDDEN and args.get("want") != "yes":
        yes = Button("buddy_yes", f"group_buddy #{seat.group.id} yes")
        return Reply("group_buddy_sure", {"group": seat.group, "me": seat.me}, ((yes, Button("not_now", "group")),))
    found = await _nearest(context, seat)
    off = ((Button("buddy_off", f"group_buddy #{seat.group.id} off"),),)
    if found is None:
        await context.work.groups.keep(replace(seat.me, buddy=True))
        return Reply("group_buddy_waits", {"group": seat.group}, off)
    for one in (seat.me, found):
        await context.work.groups.keep(replace(one, buddy=False))
    pair = f"{context.learner.id}-{found.learner_id}-{context.now:%Y%m%d}"
    chats = bool(await context.work.groups.chats(seat.group.id))
    data = {"name": seat.me.shown_name, "by": context.learner.id, "chats": chats, "pair": pair}
    key = introduction(seat.group.id, pair)
    await context.work.groups.post(notice(seat.group.id, found.learner_id, "group_buddy", key, context.now, data))
    shown = {"group": seat.group, "name": found.shown_name, "chats": chats}
    return Reply("group_buddy", shown, ((say_hi(seat.group.id, pair),),), replaces=True)


async def _nearest(context: Context, seat: Seat) -> Membership | None:
    """Who also looks, nearest in pace and in hours of the day."""
    shunned = await context.work.groups.shunned(context.learner.id) | {context.learner.id}
    members = await context.work.groups.members(seat.group.id)
    looking = [m for m in members if m.buddy and m.learner_id not in shunned]
    far = await _distances(context, [context.learner.id, *(m.learner_id for m in looking)])
    return min(looking, key=lambda m: (far.get(m.learner_id, 99.0), m.joined_at), default=None)


async def _distances(context: Context, ids: list[int]) -> dict[int, float]:
    plans = await context.work.groups.plans(ids)
    mine = plans.get(context.learner.id)
    offsets = {who: context.now.astimezone(p.tz).utcoffset() for who, (_, p) in plans.items()}
    here = offsets.get(context.learner.id)
    found: dict[int, float] = {}
    for who, (plan, _) in plans.items():
        there = offsets[who]
        if mine and here is not None and there is not None:
            clock = abs((here - there).total_seconds()) / 3600
            found[who] = abs(plan.hours - mine[0].hours) * AN_HOUR_A_WEEK + min(clock, 24 - clock) * AN_HOUR_AWAY
    return found


COMMAND = Command(
    "group_buddy", seated(buddy), words=("group buddy",), args=(Arg("group", ArgKind.GROUP), Arg("want", ArgKind.WORD))
)
