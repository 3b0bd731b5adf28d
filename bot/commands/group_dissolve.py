"""group dissolve: the end of a group, for everybody; only its owner may, and is asked first."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated
from bot.engine.succession import close


async def dissolve(context: Context, args: Args, seat: Seat) -> Reply:
    """Ask, saying how many it is the end for; then do it. Nobody's progress is touched."""
    group = seat.group
    if args.get("sure") != "yes":
        others = len(await context.work.groups.members(group.id)) - 1
        rows = (
            (Button("group_dissolve_yes", f"group_dissolve #{group.id} yes"),),
            (Button("group_leave", f"group_leave #{group.id}"), Button("stay", f"group #{group.id}")),
        )
        return Reply("group_dissolve_sure", {"group": group, "others": others}, rows)
    await close(context.work, group, context.learner.id, context.now)
    return Reply("group_dissolved", {"group": group}, replaces=True)


COMMAND = Command(
    "group_dissolve", seated(dissolve, Role.OWNER), words=("group dissolve", "group delete"), confirms=True,
    args=(Arg("group", ArgKind.GROUP), Arg("sure", ArgKind.WORD)),
)  # fmt: skip
