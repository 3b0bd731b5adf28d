"""group model: whether a language model may word the answers in a group's chats."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def model(context: Context, args: Args, seat: Seat) -> Reply:
    """Turn it on or off for everybody who asks there; without a word, say how it stands."""
    group, how = seat.group, args.get("how")
    there = context.shelf is not None and context.shelf.tutor is not None
    wanted = how == "on" if how in ("on", "off") else group.model
    if wanted != group.model:
        group = replace(group, model=wanted)
        await context.work.groups.save(group)
        deed = Deed.MODEL_ON if wanted else Deed.MODEL_OFF
        await context.work.groups.note(Entry(group.id, context.now, deed, context.learner.id))
    label = "group_model_off" if wanted else "group_model_on"
    rows = ((Button(label, f"group_model #{group.id} {'off' if wanted else 'on'}"),),) if there or wanted else ()
    return Reply("group_model", {"group": group, "there": there}, rows, replaces=bool(how))


COMMAND = Command(
    "group_model", seated(model, Role.OWNER), words=("group model", "group tutor"),
    args=(Arg("group", ArgKind.GROUP), Arg("how", ArgKind.WORD)),
)  # fmt: skip
