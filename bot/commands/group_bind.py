"""group bind: make the present chat one of the group's, so that its digest is posted there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.group import Role, StudyGroup
from bot.domain.message import Authority, Reply
from bot.engine.binding import authority, bound, knows, wished
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import bound_here, is_public, no_group


async def bind(context: Context, args: Args) -> Reply:
    """The group is the one looked at last among those the sender organises, or the one whose organiser asked for the
    chat where its administrator grants that. A chat belongs to one group; one that does is never taken over."""
    if not is_public(context.message.channel):
        return Reply("group_bind_how", {})
    mine = await context.work.groups.mine(context.learner.id)
    led = [group for group, me in mine if me.role.covers(Role.ORGANISER)]
    taken = await _taken(context, led)
    if taken is not None:
        return Reply("group_chat_taken", {"group": taken, "known": knows(context)}, private=False)
    wanted = args.get("group")
    asked = [group for group in led if wanted in (None, group.id)] or await _granted(context, wanted)
    if asked:
        return await bound(context, asked[0])
    return Reply("group_not_yours", {"group": mine[0][0], "role": Role.ORGANISER}) if mine else no_group()


async def _taken(context: Context, led: Sequence[StudyGroup]) -> StudyGroup | None:
    """The group that stands in the way. A topic of a group's chat may be bound by itself by those who organise that
    group, and by who manages the chat."""
    found = await context.work.groups.by_chat(context.message.channel)
    around = await bound_here(context)
    if found is not None or around is None or authority(context) is Authority.MANAGES:
        return found
    return None if around.id in {group.id for group in led} else around


async def _granted(context: Context, wanted: object) -> list[StudyGroup]:
    """The group whose organiser asked for this chat, when whoever manages it says yes."""
    if not isinstance(wanted, int) or authority(context) is not Authority.MANAGES:
        return []
    found = await context.work.groups.get(wanted) if await wished(context, wanted) else None
    return [found] if found is not None and await context.work.groups.members(wanted) else []


COMMAND = Command("group_bind", bind, words=("group bind", "group here"), args=(Arg("group", ArgKind.GROUP),))
