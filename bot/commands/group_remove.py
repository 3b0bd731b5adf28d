"""group remove: take somebody out of the group, perhaps for good."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.domain.posting import notice
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, mark, marked, person, seated

HOWS = {"out": Deed.REMOVED, "bar": Deed.BARRED}


async def remove(context: Context, args: Args, seat: Seat) -> Reply:
    """Ask how: out, with a code that still lets them back, or barred. Nobody removes those above them."""
    said, how = marked(args.get("who"))
    who = await person(context, seat, said)
    if isinstance(who, Reply):
        return who
    if who.learner_id == context.learner.id or who.role.covers(seat.me.role):
        return Reply("group_not_them", {"who": who})
    at = f"group_remove #{seat.group.id} {mark(who)}"
    data = {"who": who, "group": seat.group, "barred": how == "bar"}
    if how not in HOWS:
        rows = ((Button("group_remove_out", f"{at} out"), Button("group_remove_bar", f"{at} bar")),
                (Button("stay_member", f"group #{seat.group.id}"),))  # fmt: skip
        return Reply("group_remove_sure", data, rows)
    await context.work.groups.remove(seat.group.id, who.learner_id)
    if how == "bar":
        await context.work.groups.bar(seat.group.id, who.learner_id)
    known = who.shown_name if how == "bar" else ""  # what the list of the barred calls them; the log's lines do not
    entry = Entry(seat.group.id, context.now, HOWS[how], context.learner.id, who.learner_id, known)
    await context.work.groups.note(entry)
    told = f"g{seat.group.id}-out-{who.learner_id}-{context.now:%Y%m%d%H%M}"
    await context.work.groups.post(notice(seat.group.id, who.learner_id, "group_out", told, context.now))
    back = Button("let_back", f"group_letback #{seat.group.id} {who.learner_id}")
    return Reply("group_removed", data, ((back,),) if how == "bar" else (), replaces=True)


COMMAND = Command(
    "group_remove", seated(remove, Role.ORGANISER), words=("group remove",), confirms=True,
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT)),
)  # fmt: skip
