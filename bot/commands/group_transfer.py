"""group transfer: hand a group over to somebody else."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, mark, marked, person, seated
from bot.engine.succession import hand_over

SURE = "yes"


async def transfer(context: Context, args: Args, seat: Seat) -> Reply:
    """Ask, then hand over; the former owner stays on as an organiser."""
    said, sure = marked(args.get("who"))
    who = await person(context, seat, said)
    if isinstance(who, Reply):
        return who
    if who.role is Role.OWNER:
        return Reply("group_owner_stays", {"group": seat.group})
    data = {"who": who, "group": seat.group}
    if sure != SURE:
        yes = Button("group_transfer_yes", f"group_transfer #{seat.group.id} {mark(who)} {SURE}")
        return Reply("group_transfer_sure", data, ((yes, Button("not_now", f"group #{seat.group.id}")),))
    await hand_over(context.work, seat.group, who, context.now, Deed.HANDED_OVER, context.learner.id)
    return Reply("group_transferred", data, replaces=True)


COMMAND = Command(
    "group_transfer", seated(transfer, Role.OWNER), words=("group transfer",), confirms=True,
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT)),
)  # fmt: skip
