"""group log: what organisers did, for every member to read."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated

LINES = 10


async def log(context: Context, args: Args, seat: Seat) -> Reply:
    """The latest lines, with the names people go by here; who has left or hides is not named."""
    entries = await context.work.groups.log(seat.group.id, LINES)
    organises = seat.me.role.covers(Role.ORGANISER)
    members = await context.work.groups.members(seat.group.id)
    names = {
        m.learner_id: m.shown_name if organises or m.learner_id == context.learner.id else m.open_name for m in members
    }
    lines = [{"entry": e, "actor": names.get(e.actor_id or 0), "target": names.get(e.target_id or 0)} for e in entries]
    rows = ((Button("group_board", f"group_board #{seat.group.id}"),),)
    return Reply("group_log", {"group": seat.group, "lines": lines, "zone": context.preferences.zone or "UTC"}, rows)


COMMAND = Command("group_log", seated(log), words=("group log",), args=(Arg("group", ArgKind.GROUP),))
