"""group: the group at hand at a glance, and the way to everything about it."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def group(context: Context, args: Args, seat: Seat) -> Reply:
    """What the group is, and what can be done; in its own chat only what everybody may read."""
    groups, number = context.work.groups, seat.group.id
    members = await groups.members(number)
    data = {"group": seat.group, "me": seat.me, "count": len(members), "chats": len(await groups.chats(number)),
            "here": seat.here, "owner": next((m for m in members if m.role is Role.OWNER), None)}  # fmt: skip
    if seat.here:
        rows = ((Button("group_board", "group_board"), Button("group_join_here", "group join")),)
        return Reply("group", data, rows, private=False)
    many = len(await groups.mine(context.learner.id)) > 1
    return Reply("group", data, _rows(seat, many), replaces=True)


def _rows(seat: Seat, many: bool) -> tuple[tuple[Button, ...], ...]:
    at = f"#{seat.group.id}"
    rows = [
        (Button("group_board", f"group_board {at}"), Button("group_invite", f"group_invite {at}")),
        (Button("group_share", f"group_share {at}"), Button("group_ask", f"group_ask {at}")),
    ]
    if seat.me.role.covers(Role.ORGANISER):
        rows.append((Button("group_organise", f"group_overview {at}"), Button("group_log", f"group_log {at}")))
    return (*rows, (Button("other_group", "group_use"),)) if many else tuple(rows)


COMMAND = Command(
    "group", seated(group), words=("groups",), intents=("group",), args=(Arg("group", ArgKind.GROUP),), in_menu=True
)
