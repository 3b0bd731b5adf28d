"""group member: what somebody in the group is doing, as far as they show it."""

from __future__ import annotations

from bot.domain.group import Membership, Role, Sharing
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.engine.boards import lines_of
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, mark, person, seated, visible


async def member(context: Context, args: Args, seat: Seat) -> Reply:
    """One member close up. In the group's own chat nothing is told that the board there does not tell."""
    if not args.get("who") and not seat.here:
        return await _everybody(context, seat)
    who = await person(context, seat, args.get("who"))
    if isinstance(who, Reply):
        return who
    hides = not visible(who, await context.work.groups.shunned(context.learner.id))
    mine = who.learner_id == context.learner.id
    (line,) = await lines_of(context.work, context.catalog, [who], context.now, context.learner.id)
    data = {"who": who, "line": line, "hides": hides and not mine, "tasks": await _tasks(context, who, mine),
            "group": seat.group, "mine": mine}  # fmt: skip
    return Reply("group_member", data, () if mine else _rows(seat, who, hides))


async def _everybody(context: Context, seat: Seat) -> Reply:
    found = await person(context, seat, "")
    assert isinstance(found, Reply), "nobody is called nothing"
    return found


async def _tasks(context: Context, who: Membership, mine: bool) -> list[tuple[str, bool]]:
    """This week's tasks of somebody who shares them, with what is done."""
    if who.sharing is not Sharing.FULL and not mine:
        return []
    found = (await context.work.groups.plans([who.learner_id])).get(who.learner_id)
    roadmap = context.catalog.roadmaps.get(found[0].roadmap_id) if found else None
    if found is None or roadmap is None:
        return []
    plan, preferences = found
    week = place(plan, roadmap, preferences.today(context.now)).week
    return [(task.title, plan.is_done(task)) for task in week.tasks]


def _rows(seat: Seat, who: Membership, hides: bool) -> tuple[tuple[Button, ...], ...]:
    at = f"#{seat.group.id} {mark(who)}"
    rows: list[tuple[Button, ...]] = (
        [] if hides else [(Button("cheer", f"group_cheer {at}", {"name": who.shown_name}),)]
    )
    rows.append((Button("group_block", f"group_block {at}"), Button("group_report", f"group_report {at}")))
    if seat.me.role.covers(Role.ORGANISER) and not who.role.covers(seat.me.role):
        rows.append((Button("group_remove", f"group_remove {at}"),))
    if seat.me.role is Role.OWNER:
        label = "group_demote" if who.role is Role.ORGANISER else "group_promote"
        rows.append((Button(label, f"group_role {at}"), Button("group_transfer", f"group_transfer {at}")))
    return tuple(rows)


COMMAND = Command(
    "group_member", seated(member), words=("group member", "group members", "group people"),
    args=(Arg("group", ArgKind.GROUP), Arg("who", ArgKind.TEXT)),
)  # fmt: skip
