"""group report: tell the organisers that somebody does harm."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Report
from bot.domain.message import Reply
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, person, seated

LONGEST = 500


async def report(context: Context, args: Args, seat: Seat) -> Reply:
    """Whom, then what; the organisers read it, and not who wrote it."""
    who = await person(context, seat, args.get("who"))
    if isinstance(who, Reply):
        return who
    members = await context.work.groups.members(seat.group.id)
    readers = [m for m in members if m.role.covers(Role.ORGANISER) and m.learner_id != who.learner_id]
    if not readers:
        return Reply("group_report_nobody", {"who": who})
    text = clean(str(args.get("text") or ""), LONGEST)
    if not text:
        await context.ask(f"group_report #{seat.group.id} {who.learner_id}")
        return Reply("group_report_what", {"who": who})
    await context.work.groups.report(Report(seat.group.id, context.learner.id, who.learner_id, text, context.now))
    return Reply("group_reported", {"who": who})


COMMAND = Command(
    "group_report", seated(report), words=("group report",),
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.WORD), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
