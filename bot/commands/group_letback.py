"""group let back: somebody who was kept out may join again."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def letback(context: Context, args: Args, seat: Seat) -> Reply:
    """Lift a bar; the code lets them in again."""
    groups, who = context.work.groups, int(str(args["who"]))
    if who in await groups.barred(seat.group.id):
        await groups.bar(seat.group.id, who, barred=False)
        await groups.note(Entry(seat.group.id, context.now, Deed.LET_BACK, context.learner.id, who))
    return Reply("group_let_back", {"group": seat.group}, replaces=True)


COMMAND = Command(
    "group_letback", seated(letback, Role.ORGANISER), words=("group letback",),
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.NUMBER, required=True)),
)  # fmt: skip
