"""group alias: the name you go by in a group."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.group import LONGEST_NAME, Role, group_name, is_left, is_reserved, looks_like, may_be_name
from bot.domain.group_log import Deed
from bot.domain.message import Button, Reply
from bot.domain.tally import Allowance
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, left, seated

REFUSED = Allowance("group alias refused", 5)
LOOK_BACK = 500
"""Lines of the log that are looked at for names of those who are kept out."""
NUMBERED = re.compile(r"\(\d+\)$")
"""How several of one name are told apart."""


async def alias(context: Context, args: Args, seat: Seat) -> Reply:
    """Take another name here, or `off` for one's own. Nobody takes a name that somebody else goes by here."""
    said = str(args.get("name") or "")
    if not said:
        await context.ask("group alias")
        rows = ((Button("group_alias_off", f"group_alias #{seat.group.id} off"),),) if seat.me.pseudonym else ()
        return Reply("group_ask_alias", {"group": seat.group, "me": seat.me}, rows)
    if is_left(said):
        return left()
    if seat.me.role.covers(Role.ORGANISER) and context.message.text.casefold().startswith(
        ("group name ", "/group name ")
    ):
        return Reply("group_name_which", {"name": said})
    if said.casefold() != "off" and is_reserved(said):
        return Reply("group_alias_word", {"name": said})
    name = "" if said.casefold() == "off" else group_name(said)
    if name and (refused := await _refused(context, seat, name)):
        return refused
    me = replace(seat.me, pseudonym=name[:LONGEST_NAME])
    await context.work.groups.keep(me)
    rows = ((Button("group_board", f"group_board #{seat.group.id}"),),)
    return Reply("group_alias", {"group": seat.group, "me": me}, rows)


async def _refused(context: Context, seat: Seat, name: str) -> Reply | None:
    """Nobody takes a name that somebody has there, shown or not, nor that of somebody who is kept out. One sentence is
    said for all of these, and only so often a day, so that no name can be tried for who hides behind it."""
    tally, counted = context.work.tally, REFUSED.of(f"{seat.group.id} {context.learner.id}")
    if REFUSED.free_from(await tally.times(counted), context.now):
        return Reply("group_alias_enough", {"group": seat.group})
    groups = context.work.groups
    others = [m for m in await groups.members(seat.group.id) if m.learner_id != context.learner.id]
    taken = {looks_like(name) for m in others for name in (m.name, m.pseudonym)}
    taken |= {looks_like(e.about) for e in await groups.log(seat.group.id, LOOK_BACK) if e.deed is Deed.BARRED}
    if looks_like(name) not in taken and not NUMBERED.search(name):
        return None
    await tally.note(counted, context.now)
    return Reply("group_alias_taken", {"name": name})


COMMAND = Command(
    "group_alias", seated(alias), words=("group alias", "group pseudonym", "group name"),
    args=(Arg("group", ArgKind.GROUP), Arg("name", ArgKind.TEXT)),
    accepts=lambda context, args: may_be_name(str(args.get("name", ""))),
)  # fmt: skip
