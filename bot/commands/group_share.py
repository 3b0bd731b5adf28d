"""group share: what the others see of you: full, percent or hidden."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Sharing
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def share(context: Context, args: Args, seat: Seat) -> Reply:
    """Change it, or explain the three and say which it is. Told to its owner alone."""
    said = str(args.get("level", "")).casefold()
    me = seat.me
    changed = said in set(Sharing) and said != me.sharing
    if changed:
        me = replace(me, sharing=Sharing(said))
        await context.work.groups.keep(me)
    at = f"#{seat.group.id}"
    levels = tuple(Button(f"share_{s}", f"group_share {at} {s}") for s in Sharing if s is not me.sharing)
    data = {"group": seat.group, "me": me, "changed": changed}
    rows = (levels, (Button("group_alias", f"group_alias {at}"), Button("group_board", f"group_board {at}")))
    return Reply("group_share", data, rows, replaces=changed)


COMMAND = Command(
    "group_share", seated(share), words=("group share", "group privacy", "group settings"),
    args=(Arg("group", ArgKind.GROUP), Arg("level", ArgKind.WORD)),
)  # fmt: skip
