"""group organiser: let somebody help to run the group, or no longer."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.domain.posting import notice
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, mark, person, seated


async def role(context: Context, args: Args, seat: Seat) -> Reply:
    """Turn a member into an organiser and back. The owner's to decide."""
    who = await person(context, seat, args.get("who"))
    if isinstance(who, Reply):
        return who
    if who.role is Role.OWNER:
        return Reply("group_owner_stays", {"group": seat.group})
    new, deed = (Role.ORGANISER, Deed.PROMOTED) if who.role is Role.MEMBER else (Role.MEMBER, Deed.DEMOTED)
    await context.work.groups.keep(replace(who, role=new))
    await context.work.groups.note(Entry(seat.group.id, context.now, deed, context.learner.id, who.learner_id))
    if new is Role.ORGANISER:
        key = f"g{seat.group.id}-organiser-{who.learner_id}-{context.now:%Y%m%d%H%M}"
        await context.work.groups.post(notice(seat.group.id, who.learner_id, "group_organiser", key, context.now))
    rows = ((Button("undo", f"group_role #{seat.group.id} {mark(who)}"),),)
    return Reply("group_role", {"who": who, "role": new, "group": seat.group}, rows, replaces=True)


COMMAND = Command(
    "group_role", seated(role, Role.OWNER), words=("group organiser", "group organizer"),
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT)),
)  # fmt: skip
