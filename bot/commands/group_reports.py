"""group reports: what members told the organisers, a few at a time, until it is settled."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.domain.namesakes import told_apart
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated

SCREEN = 4


async def reports(context: Context, args: Args, seat: Seat) -> Reply:
    """Those about others than the reader, newest first; one that is settled goes, and the log says only that."""
    groups, number, page = context.work.groups, seat.group.id, int(str(args.get("page") or 1))
    names = {m.learner_id: m.shown_name for m in told_apart(await groups.members(number))}
    mine = context.learner.id
    found = [r for r in await groups.reports(number) if r.target_id in names and r.target_id != mine]
    settled = next((r.id for r in found if str(r.id) == args.get("settle")), 0)
    if settled and await groups.settle_report(number, settled):
        await groups.note(Entry(number, context.now, Deed.SETTLED, mine))
        found = [r for r in found if r.id != settled]
    pages = max(1, -(-len(found) // SCREEN))
    page = min(max(page, 1), pages)
    seen = found[(page - 1) * SCREEN : page * SCREEN]
    at = f"group_reports #{number}"
    rows = [(Button("settled_report", f"{at} send:{r.id} {page}", {"name": names[r.target_id]}),) for r in seen]
    turn = [Button("page_back", f"{at} {page - 1}")] if page > 1 else []
    turn += [Button("page_next", f"{at} {page + 1}")] if page < pages else []
    data = {
        "group": seat.group,
        "page": page,
        "pages": pages,
        "reports": [(names[r.target_id], r.text, r.at) for r in seen],
    }
    return Reply("group_reports", data, (*rows, *((tuple(turn),) if turn else ())), replaces=True)


COMMAND = Command(
    "group_reports", seated(reports, Role.ORGANISER), words=("group reports",),
    args=(Arg("group", ArgKind.GROUP), Arg("settle", ArgKind.SEND), Arg("page", ArgKind.NUMBER)),
)  # fmt: skip
