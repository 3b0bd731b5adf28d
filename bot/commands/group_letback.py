"""group let back: somebody who was kept out may join again."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated

LOOK_BACK = 500
"""Lines of the log that are looked at for what somebody was called."""


async def letback(context: Context, args: Args, seat: Seat) -> Reply:
    """Lift a bar; the code lets them in again. Without a number: all who are barred, to choose from."""
    groups, number = context.work.groups, seat.group.id
    barred, who = await groups.barred(number), int(str(args.get("who") or 0))
    if who:
        if who in barred:
            await groups.bar(number, who, barred=False)
            await groups.note(Entry(number, context.now, Deed.LET_BACK, context.learner.id, who))
        return Reply("group_let_back", {"group": seat.group}, replaces=True)
    called: dict[int, str] = {}
    for entry in await groups.log(number, LOOK_BACK):
        if entry.deed is Deed.BARRED and entry.target_id in barred and entry.target_id is not None:
            called.setdefault(entry.target_id, entry.about)
    rows = [
        (Button("barred_member", f"group_letback #{number} {n}", {"name": called.get(n) or "…"}),)
        for n in sorted(barred)
    ]
    return Reply("group_barred_list", {"group": seat.group, "count": len(barred)}, tuple(rows[:8]))


COMMAND = Command(
    "group_letback", seated(letback, Role.ORGANISER), words=("group letback", "group barred"),
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.NUMBER)),
)  # fmt: skip
