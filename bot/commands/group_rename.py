"""group rename: another name for a group."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Role, group_name, is_left, may_be_name
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, left, seated


async def rename(context: Context, args: Args, seat: Seat) -> Reply:
    """Change the name. `back` on the button gives the one before it again."""
    said, group = str(args.get("name") or ""), seat.group
    if not said:
        await context.ask("group rename")
        return Reply("group_ask_name", {})
    if is_left(said):
        return left()
    before = group.name
    name = await _former(context, seat) if said == "#back" else group_name(said)
    await context.work.groups.save(replace(group, name=name))
    await context.work.groups.note(Entry(group.id, context.now, Deed.RENAMED, context.learner.id, None, before))
    rows = ((Button("undo", f"group_rename #{group.id} #back"),),)
    return Reply("group_renamed", {"before": before, "name": name}, rows, private=not seat.here, replaces=not seat.here)


async def _former(context: Context, seat: Seat) -> str:
    """The name before this one, from the log."""
    log = await context.work.groups.log(seat.group.id, 50)
    return next((entry.about for entry in log if entry.deed is Deed.RENAMED), seat.group.name)


COMMAND = Command(
    "group_rename", seated(rename, Role.ORGANISER), words=("group rename",),
    args=(Arg("group", ArgKind.GROUP), Arg("name", ArgKind.TEXT)),
    accepts=lambda context, args: may_be_name(str(args.get("name", ""))),
)  # fmt: skip
