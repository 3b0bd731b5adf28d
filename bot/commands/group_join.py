"""group join: into a group by its code, or from a chat that belongs to it; asks once, and says what others will see."""

from __future__ import annotations

from bot.domain.group import MAX_GROUPS, MAX_MEMBERS, Membership, Role, StudyGroup
from bot.domain.invite import WRONG, read_code
from bot.domain.linking import account_mark
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import bound_here


async def join(context: Context, args: Args) -> Reply:
    """Find the group, then confirm, then let in."""
    found = await _wanted(context, _said(args))
    if isinstance(found, Reply):
        return found
    mine = await context.work.groups.mine(context.learner.id)
    here = next((m for group, m in mine if group.id == found.id), None)
    if here is not None:
        return Reply("group_in_already", {"group": found}, (_board(found),))
    count = await context.work.groups.size(found.id)
    hindrance = await _hindrance(context, found, len(mine), count)
    if hindrance is not None:
        return hindrance
    if args.get("sure") == "yes":
        return await _joined(context, found)
    rows = ((Button("group_join_yes", f"group_join {found.code} yes"), Button("group_join_no", "group_join no")),)
    owner = next((m for m in await context.work.groups.members(found.id) if m.role is Role.OWNER), None)
    data = {"group": found, "count": count, "owner": owner, "name": context.learner.name,
            "roadmap": context.catalog.roadmaps.get(found.roadmap_id)}  # fmt: skip
    return Reply("group_join_sure", data, rows)


def _said(args: Args) -> str:
    """What was given as a code; in plain words the whole of it, dashes and all."""
    said, text = str(args.get("code") or ""), str(args.get("text") or "")
    whole = next((word for word in text.split() if said and said in word.upper()), "")
    return whole if read_code(whole) else said


async def _wanted(context: Context, said: str) -> StudyGroup | Reply:
    """The group that is meant, or why there is none."""
    if said.casefold() == "no":
        return Reply("group_not_joined", {})
    bound = None if said else await bound_here(context)
    if bound is not None:
        return bound
    if not said:
        await context.ask("group join")
        return Reply("group_ask_code", {})
    work, message = context.work, context.message
    counted = WRONG.of(account_mark(message.platform, message.sender.external_id))
    if WRONG.free_from(await work.tally.times(counted), context.now):
        return Reply("group_code_wait", {})
    code = read_code(said)
    found = await work.groups.by_code(code) if code else None
    if found is None:
        await work.tally.note(counted, context.now)
        return Reply("group_code_wrong", {"said": said})
    return found


async def _hindrance(context: Context, group: StudyGroup, mine: int, members: int) -> Reply | None:
    if context.learner.id in await context.work.groups.barred(group.id):
        return Reply("group_barred", {"group": group})
    if mine >= MAX_GROUPS:
        return Reply("group_too_many", {"most": MAX_GROUPS, "count": mine}, ((Button("groups", "group_use"),),))
    return Reply("group_full", {"group": group}) if members >= MAX_MEMBERS else None


async def _joined(context: Context, group: StudyGroup) -> Reply:
    me = Membership(group.id, context.learner.id, Role.MEMBER, context.now, looked_at=context.now)
    await context.work.groups.keep(me)
    at = f"#{group.id}"
    rows = [_board(group), (Button("group_alias", f"group_alias {at}"), Button("group_share", f"group_share {at}"))]
    roadmap = context.catalog.roadmaps.get(group.roadmap_id)
    if context.enrollment is None and roadmap:
        ahead = group.starts_on and group.starts_on > context.today
        hours = f" {round(roadmap.hours_typical)} {group.starts_on}" if ahead else ""
        begin = Button("roadmap", f"begin {roadmap.id}{hours}", {"title": roadmap.name, "weeks": roadmap.length})
        rows.append((begin,))
    later = group.starts_on if roadmap and group.starts_on and group.starts_on > context.today else None
    data = {"group": group, "name": context.learner.name, "enrolled": context.enrollment is not None, "from": later}
    return Reply("group_joined", data, tuple(rows), replaces=True)


def _board(group: StudyGroup) -> tuple[Button, ...]:
    return (Button("group_board", f"group_board #{group.id}"),)


COMMAND = Command(
    "group_join", join, words=("group join",), intents=("group_join",),
    args=(Arg("code", ArgKind.WORD), Arg("sure", ArgKind.WORD)),
    accepts=lambda context, args: bool(read_code(str(args.get("code", "")))),
)  # fmt: skip
