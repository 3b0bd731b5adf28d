"""group alias: the name you go by in a group."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.group import LONGEST_NAME, Role, group_name, is_left, is_reserved, looks_like, may_be_name
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, left, seated

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
    if name and not await _is_free(context, seat, name):
        return Reply("group_alias_taken", {"name": name})
    me = replace(seat.me, pseudonym=name[:LONGEST_NAME])
    await context.work.groups.keep(me)
    rows = ((Button("group_board", f"group_board #{seat.group.id}"),),)
    return Reply("group_alias", {"group": seat.group, "me": me}, rows)


async def _is_free(context: Context, seat: Seat, name: str) -> bool:
    """Whether it can be mixed up with no name that is shown there. A name that nobody is shown to have is free, also
    when somebody has it who hides or goes by another: a refusal would tell that they are there."""
    others = [m for m in await context.work.groups.members(seat.group.id) if m.learner_id != context.learner.id]
    return looks_like(name) not in {looks_like(m.open_name) for m in others} and not NUMBERED.search(name)


COMMAND = Command(
    "group_alias", seated(alias), words=("group alias", "group pseudonym", "group name"),
    args=(Arg("group", ArgKind.GROUP), Arg("name", ArgKind.TEXT)),
    accepts=lambda context, args: may_be_name(str(args.get("name", ""))),
)  # fmt: skip
