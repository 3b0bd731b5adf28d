"""group leave: out of a group, always; asks once, and says what becomes of what one leaves behind."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated
from bot.engine.succession import leave, successor


async def leave_group(context: Context, args: Args, seat: Seat) -> Reply:
    """Ask, then take the sender out."""
    group, owns = seat.group, seat.me.role is Role.OWNER
    if str(args.get("sure", "")).casefold() != "yes":
        to = await successor(context.work, group, context.now) if owns else None
        await context.ask(f"group_leave #{group.id}")
        rows = ((Button("group_leave_yes", f"group_leave #{group.id} yes"), Button("stay", f"group #{group.id}")),)
        return Reply("group_leave_sure", {"group": group, "owns": owns, "to": to}, rows)
    to = await leave(context.work, group, seat.me, context.now)
    ended = owns and to is None
    back = Button("group_back", f"group_join {group.code}")
    return Reply("group_left", {"group": group, "to": to, "ended": ended}, () if ended else ((back,),), replaces=True)


COMMAND = Command(
    "group_leave", seated(leave_group), words=("group leave",), intents=("group_leave",), confirms=True,
    args=(Arg("group", ArgKind.GROUP), Arg("sure", ArgKind.WORD)),
    accepts=lambda context, args: str(args.get("sure", "")).casefold() == "yes",
)  # fmt: skip
