"""group export: what members share, as a file for the organisers."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Attachment, Button, Reply
from bot.engine.boards import lines_of
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated, visible


async def export(context: Context, args: Args, seat: Seat) -> Reply:
    """Members under the names they go by, each within what they show; those who hide are counted."""
    groups = context.work.groups
    members = await groups.members(seat.group.id)
    shown = [m for m in members if visible(m, frozenset())]
    lines = await lines_of(context.work, context.catalog, shown, context.now)
    kept = ("name", "percent", "weeks", "state", "streak", "done", "total", "shipped")
    rows = [{k: v for k, v in asdict(line).items() if k in kept and v is not None} for line in lines]
    made = {"group": seat.group.name, "at": context.now.isoformat(), "people": len(members),
            "hidden": len(members) - len(shown), "members": rows}  # fmt: skip
    await groups.note(Entry(seat.group.id, context.now, Deed.EXPORTED, context.learner.id))
    text = json.dumps(made, ensure_ascii=False, indent=2, default=str)
    file = Attachment("milepost-group.json", text.encode())
    log = Button("group_log", f"group_log #{seat.group.id}")
    return Reply("group_export", {"group": seat.group, "count": len(shown)}, ((log,),), files=(file,))


COMMAND = Command(
    "group_export", seated(export, Role.ORGANISER), words=("group export",), args=(Arg("group", ArgKind.GROUP),)
)
