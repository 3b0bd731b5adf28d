"""Which group a message is about, and the sender's place in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.group import Membership, Role, StudyGroup
from bot.domain.message import Button, ChannelRef, ChatKind, Reply
from bot.domain.namesakes import told_apart
from bot.domain.text import clean_name
from bot.engine.command import Args
from bot.engine.context import Context


@dataclass(frozen=True, slots=True)
class Seat:
    """A group and the sender's place in it. `here` says that it was asked in one of the group's own chats."""

    group: StudyGroup
    me: Membership
    here: bool = False


MOMENT = timedelta(milliseconds=1)
LONGEST_SAID = 80
"""Characters in which somebody is looked for."""
Handler = Callable[[Context, Args, Seat], Awaitable[Reply]]


def seated(run: Handler, least: Role = Role.MEMBER) -> Callable[[Context, Args], Awaitable[Reply]]:
    """A command about one group, for those who are in it and may do at least what `least` may."""

    async def found(context: Context, args: Args) -> Reply:
        seat = await seat_of(context, args)
        if isinstance(seat, Reply):
            return seat
        if not seat.me.role.covers(least):
            return Reply("group_not_yours", {"group": seat.group, "role": least})
        return await run(context, args, seat)

    return found


async def seat_of(context: Context, args: Args) -> Seat | Reply:
    """The group that is meant: the one named by its number, the chat's own, the one looked at last."""
    bound, wanted = await bound_here(context), args.get("group")
    mine = await context.work.groups.mine(context.learner.id)
    if bound is not None and wanted in (None, bound.id):
        me = next((m for group, m in mine if group.id == bound.id), None)
        return Seat(bound, me, here=True) if me else Reply("group_outside", {"group": bound}, (join_row(),))
    if wanted is not None:
        named = next(((g, m) for g, m in mine if g.id == wanted), None)
        return await _looked(context, Seat(*named)) if named else Reply("group_gone", {}, _groups_row(len(mine)))
    if not mine:
        return no_group()
    if len(mine) > 1 and mine[0][1].looked_at is None:
        return await which_group(context)
    return Seat(*mine[0])


async def bound_here(context: Context) -> StudyGroup | None:
    """The group that the chat of this message belongs to; a topic or thread without one has its chat's."""
    channel = context.message.channel
    if channel.kind is not ChatKind.GROUP:
        return None
    found = await context.work.groups.by_chat(channel)
    if found is None and channel.thread_id:
        found = await context.work.groups.by_chat(replace(channel, thread_id=""))
    return found


def is_public(channel: ChannelRef) -> bool:
    """Whether others may read there."""
    return channel.kind is ChatKind.GROUP


async def _looked(context: Context, seat: Seat) -> Seat:
    """Remember that this group was looked at last."""
    mine = await context.work.groups.mine(context.learner.id)
    if mine[0][0].id == seat.group.id:
        return seat
    latest = mine[0][1].looked_at or context.now
    me = replace(seat.me, looked_at=max(context.now, latest + MOMENT))  # a clock may stand still
    await context.work.groups.keep(me)
    return replace(seat, me=me)


async def which_group(context: Context) -> Reply:
    """All groups of the sender to choose from; what tells two of one name apart stands on the button."""
    rows, alike = [], Counter[tuple[object, ...]]()
    for group, me in sorted(await context.work.groups.mine(context.learner.id), key=lambda mine: mine[0].id):
        count = await context.work.groups.size(group.id)
        values = {"name": group.name, "count": count, "since": me.joined_at.date()}
        alike[same := tuple(values.values())] += 1
        values["name"] = f"{group.name} ({alike[same]})" if alike[same] > 1 else group.name
        rows.append((Button("pick_group", f"group #{group.id}", values),))
    return Reply("group_which", {}, tuple(rows))


def no_group() -> Reply:
    """Says what a group is good for, and how to come by one."""
    return Reply("group_none", {}, ((Button("group_create", "group create"), Button("group_join", "group join")),))


def left() -> Reply:
    """Says that a wish which was taken back is left as it was."""
    return Reply("group_left_alone", {}, ((Button("groups", "group"),),))


def join_row() -> tuple[Button, ...]:
    """What somebody who is not in the chat's group can tap."""
    return (Button("group_join_here", "group join"),)


def _groups_row(count: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button("groups", "group"),),) if count else ()


_MARKED = re.compile(r"id:([0-9]{1,18})(?: ([a-z]+))?")


def mark(member: Membership) -> str:
    """How a button names a member: nothing that anybody goes by."""
    return f"id:{member.learner_id}"


def marked(said: object) -> tuple[str, str]:
    """Who is meant, and what a button says of them, such as `out`. Words that were typed are a name as a whole."""
    text = str(said or "").strip()
    found = _MARKED.fullmatch(text)
    return (f"id:{found[1]}", found[2] or "") if found else (text, "")


async def person(
    context: Context, seat: Seat, said: object, *, blocked: bool = False, shunned: bool = False
) -> Membership | Reply:
    """The member who is meant, by a button's mark or by the name they go by here. Organisers find those who hide, too;
    `blocked` says that those whom the sender blocked are found as well, `shunned` that those are who blocked them."""
    text = clean_name(str(said or ""), LONGEST_SAID).removeprefix("@")
    found = await known(context, seat, blocked=blocked, shunned=shunned)
    if (member := next((m for m in found if mark(m) == text), None)) is not None:
        return member
    named = [m for m in found if m.shown_name.casefold() == text.casefold()]
    close = named or [m for m in found if text and m.shown_name.casefold().startswith(text.casefold())]
    if len(close) == 1:
        return close[0]
    offered = close or found
    rows = [(_button(seat, m),) for m in offered[:6] if m.learner_id != context.learner.id]
    return Reply("group_who", {"said": text, "several": len(close) > 1}, tuple(rows))


def _button(seat: Seat, member: Membership) -> Button:
    """Somebody to tap; of several of one name it says since when they are here."""
    values = {"name": member.shown_name, "since": member.joined_at.date()}
    return Button("member_since" if member.nth else "member", f"group_member #{seat.group.id} {mark(member)}", values)


async def known(context: Context, seat: Seat, *, blocked: bool = False, shunned: bool = False) -> list[Membership]:
    """Those whom the sender may know of, each by a name that is theirs alone."""
    groups, me = context.work.groups, context.learner.id
    apart = await groups.shunned(me)
    found_too = apart if shunned else await groups.blocked(me) if blocked else frozenset[int]()
    all_ = await context.work.groups.members(seat.group.id)
    organises = seat.me.role.covers(Role.ORGANISER)
    found = [m for m in all_ if organises or m.learner_id == seat.me.learner_id or visible(m, apart - found_too)]
    return told_apart(found, apart)


def visible(member: Membership, shunned: frozenset[int]) -> bool:
    """Whether a member shows themselves to somebody who is on these bad terms."""
    return member.sharing is not member.sharing.HIDDEN and member.learner_id not in shunned
