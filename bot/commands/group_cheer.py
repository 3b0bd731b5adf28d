"""group cheer: one tap that tells somebody their work was seen."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.group import Membership, Sharing
from bot.domain.message import Button, Reply
from bot.domain.posting import notice
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, known, mark, person, seated, visible

WEEK = timedelta(weeks=1)
WAITING = (DeliveryState.READY, DeliveryState.CLAIMED)


async def cheer(context: Context, args: Args, seat: Seat) -> Reply:
    """Cheer somebody on; without a name offer those who moved. However many cheer, one message a day arrives."""
    if not args.get("who"):
        return await _offered(context, seat)
    who = await person(context, seat, args["who"])
    if isinstance(who, Reply):
        return who
    if who.learner_id == context.learner.id:
        return Reply("group_cheer_self", {})
    groups, target = context.work.groups, await context.work.learner(who.learner_id)
    if target is None or not visible(who, await groups.shunned(context.learner.id)):
        return Reply("group_who", {"said": who.shown_name, "several": False})
    fresh, later = await _cheered(context, seat, who.learner_id, target.preferences.today(context.now))
    return Reply("group_cheer", {"who": who, "fresh": fresh, "later": later})


async def _cheered(context: Context, seat: Seat, who: int, day: date) -> tuple[bool, bool]:
    """Put it to those of the day, or to the next day's when these have gone out. Whether it is the first of the day,
    and whether it waits for the next."""
    groups = context.work.groups
    if context.learner.id in await groups.cheerers(who, day):
        return False, False
    gone = await groups.posting(_key(who, day)) not in (None, *WAITING)
    day += timedelta(days=gone)
    fresh = await groups.cheer(context.learner.id, who, seat.group.id, day)
    data = {"day": day.toordinal()}
    word = notice(seat.group.id, who, "group_cheered", _key(who, day), context.now, data, DeliveryKind.CHEER)
    await groups.post(word)
    return fresh, gone


def _key(who: int, day: date) -> str:
    return f"cheer-{who}-{day:%Y%m%d}"


async def _offered(context: Context, seat: Seat) -> Reply:
    """Those who moved this week and show it."""
    groups, me = context.work.groups, context.learner.id
    activity, shunned = await groups.activity(seat.group.id, context.now - WEEK), await groups.shunned(me)
    moved = [m for m in await known(context, seat) if m.learner_id in activity and _open(m, me, shunned)]
    rows = [(Button("cheer", f"group_cheer #{seat.group.id} {mark(m)}", {"name": m.shown_name}),) for m in moved]
    return Reply("group_cheer_whom", {"group": seat.group, "some": bool(rows)}, tuple(rows[:6]))


def _open(member: Membership, me: int, shunned: frozenset[int]) -> bool:
    return member.learner_id != me and member.sharing is not Sharing.HIDDEN and member.learner_id not in shunned


COMMAND = Command(
    "group_cheer", seated(cheer), words=("group cheer",), args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT))
)
