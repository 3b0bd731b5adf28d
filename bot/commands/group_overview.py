"""group overview: what organisers need to see, and no more than members show."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.enrollment import EnrollmentState
from bot.domain.group import Membership, Role, Sharing
from bot.domain.message import Button, Reply
from bot.domain.namesakes import told_apart
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated

QUIET = timedelta(weeks=2)
NAMES = 6


async def overview(context: Context, args: Args, seat: Seat) -> Reply:
    """How many move, who asked, who may be glad of a word, what was reported; and the tools."""
    groups, number = context.work.groups, seat.group.id
    members = tuple(told_apart(await groups.members(number)))
    names = {m.learner_id: m.shown_name for m in members}
    asked = [q for q in await groups.questions(number, context.now - QUIET) if not q.closed and q.learner_id in names]
    reports = [r for r in await groups.reports(number) if r.target_id in names and r.target_id != context.learner.id]
    data = {
        "group": seat.group, "count": len(members), "hidden": sum(m.sharing is Sharing.HIDDEN for m in members),
        "active": await _active(context, members),
        "asked": [(names[q.learner_id], q.text) for q in asked[:3]], "quiet": await _quiet(context, members),
        "reports": [(names[r.target_id], r.text) for r in reports[:3]],
        "more": max(0, len(reports) - 3), "barred": len(await groups.barred(number)),
    }  # fmt: skip
    return Reply(
        "group_overview",
        data,
        (
            *_rows(seat, tutored=context.shelf is not None and context.shelf.tutor is not None),
            *_found(number, reports=bool(reports), barred=bool(data["barred"])),
        ),
    )


async def _active(context: Context, members: tuple[Membership, ...]) -> int:
    """How many of those who show it moved this week."""
    lately = await context.work.groups.activity(members[0].group_id, context.now - timedelta(weeks=1))
    return sum(m.learner_id in lately and m.sharing is not Sharing.HIDDEN for m in members)


async def _quiet(context: Context, members: tuple[Membership, ...]) -> list[str]:
    """Those who show whether they move, are on no break, and have not moved for two weeks."""
    open_ = [m for m in members if m.sharing is not Sharing.HIDDEN and m.learner_id != context.learner.id]
    plans = await context.work.groups.plans([m.learner_id for m in open_])
    found = []
    for member in open_:
        plan = plans[member.learner_id][0] if member.learner_id in plans else None
        if plan is None or plan.state is not EnrollmentState.ACTIVE or plan.started_on > (context.now - QUIET).date():
            continue
        if not any(at > context.now - QUIET for at in plan.completions.values()):
            found.append(member.shown_name)
    return found[:NAMES]


def _found(number: int, *, reports: bool, barred: bool) -> tuple[tuple[Button, ...], ...]:
    """What there is to look at only sometimes."""
    row = [Button("reports", f"group_reports #{number}")] if reports else []
    row += [Button("barred_list", f"group_letback #{number}")] if barred else []
    return (tuple(row),) if row else ()


def _rows(seat: Seat, *, tutored: bool) -> tuple[tuple[Button, ...], ...]:
    at = f"#{seat.group.id}"
    rows = [
        (Button("group_announce", f"group_announce {at}"), Button("group_digest", f"group_digest {at}")),
        (Button("group_people", f"group_member {at}"), Button("group_chats", f"group_unbind {at}")),
        (Button("group_export", f"group_export {at}"), Button("group_log", f"group_log {at}")),
    ]
    model = (Button("group_model", f"group_model {at}"),) if tutored else ()
    close = (*model, Button("group_dissolve", f"group_dissolve {at}"))
    return (*rows, close) if seat.me.role is Role.OWNER else tuple(rows)


COMMAND = Command(
    "group_overview", seated(overview, Role.ORGANISER), words=("group overview",), args=(Arg("group", ArgKind.GROUP),)
)
