"""group block: have nothing to do with another member, without a word to them."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, mark, marked, person, seated


async def block(context: Context, args: Args, seat: Seat) -> Reply:
    """From now on the two do not see each other in any group; `off` takes it back."""
    said, how = marked(args.get("who"))
    if how != "off" and said.casefold().endswith(" off"):
        known = await context.work.groups.members(seat.group.id)
        named = any(m.open_name.casefold() == said.casefold() for m in known)
        said, how = (said, "") if named else (said[: -len(" off")], "off")
    who = await person(context, seat, said, blocked=how == "off")
    if isinstance(who, Reply):
        return who
    if how == "off":
        await context.work.groups.block(context.learner.id, who.learner_id, blocked=False)
        return Reply("group_unblocked", {}, replaces=True)
    if who.learner_id == context.learner.id:
        return Reply("group_not_them", {"who": who})
    await context.work.groups.block(context.learner.id, who.learner_id)
    at = f"#{seat.group.id} {mark(who)}"
    rows = ((Button("undo", f"group_block {at} off"), Button("group_report", f"group_report {at}")),)
    return Reply("group_blocked", {"who": who}, rows, replaces=True)


COMMAND = Command(
    "group_block", seated(block), words=("group block",), args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT))
)
