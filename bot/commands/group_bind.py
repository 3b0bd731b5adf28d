"""group bind: make the present chat one of the group's, so that its digest is posted there."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.seats import is_public, join_row, no_group
from bot.engine.unbinding import placed


async def bind(context: Context, args: Args) -> Reply:
    """The group is the one looked at last among those the sender organises. A chat belongs to one group."""
    channel, groups = context.message.channel, context.work.groups
    if not is_public(channel):
        return Reply("group_bind_how", {})
    taken = await groups.by_chat(channel)
    if taken is not None:
        return Reply("group_chat_taken", {"group": taken}, private=False)
    mine = await groups.mine(context.learner.id)
    led = [group for group, me in mine if me.role.covers(Role.ORGANISER)]
    if not led:
        return Reply("group_not_yours", {"group": mine[0][0], "role": Role.ORGANISER}) if mine else no_group()
    await groups.unbind(channel)  # it may still be that of a group which was closed
    await groups.bind(led[0].id, channel)
    await groups.note(Entry(led[0].id, context.now, Deed.BOUND, context.learner.id, None, placed(channel)))
    rows = (join_row(), (Button("group_unbind", "group_unbind"),))
    return Reply("group_bound", {"group": led[0], "asks_city": False}, rows, private=False)


COMMAND = Command("group_bind", bind, words=("group bind", "group here"))
