"""group invite: the code that lets people in, in every form, and a new one when it went too far."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.invite import new_code
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def invite(context: Context, args: Args, seat: Seat) -> Reply:
    """Show the invitation, to its reader alone. `new` makes the old code worthless; that is the organisers' to do."""
    group, organises = seat.group, seat.me.role.covers(Role.ORGANISER)
    renewed = str(args.get("what", "")) == "new" and organises
    if renewed:
        group = replace(group, code=new_code())
        await context.work.groups.save(group)
        await context.work.groups.note(Entry(group.id, context.now, Deed.NEW_CODE, context.learner.id))
    data = {"group": group, "renewed": renewed, "links": context.links_to(f"join-{group.code}")}
    rows = ((Button("group_new_code", f"group_invite #{group.id} new"),),) if organises else ()
    return Reply("group_invite", data, rows, replaces=renewed, picture="group_invite" if data["links"] else "")


COMMAND = Command(
    "group_invite", seated(invite), words=("group invite", "group code"),
    args=(Arg("group", ArgKind.GROUP), Arg("what", ArgKind.WORD)),
)  # fmt: skip
