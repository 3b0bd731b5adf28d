"""Who may give a chat to a group and take it back: those who manage the chat, and, to take it back, those who organise
the group it belongs to."""

from __future__ import annotations

from hashlib import sha256

from bot.domain.group import StudyGroup
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Authority, Button, ChannelRef, Reply
from bot.domain.tally import Allowance
from bot.engine.context import Context
from bot.engine.errors import AuthorityUnasked
from bot.engine.seats import join_row
from bot.engine.unbinding import placed

WISHED = Allowance("chat wished", 1)
"""An organiser asked for a chat; for a day whoever manages it may grant that."""


def authority(context: Context) -> Authority:
    """The sender's authority over the chat. Raises `AuthorityUnasked`."""
    if context.message.authority is Authority.UNASKED:
        raise AuthorityUnasked
    return context.message.authority


def knows(context: Context) -> bool:
    """Whether the platform can tell who manages the chat."""
    return context.message.authority is not Authority.UNKNOWN


async def bound(context: Context, group: StudyGroup, *, asks_city: bool = False) -> Reply:
    """Make a free chat the group's, or ask those who manage it where the sender does not. Where nobody can tell who
    does, a chat that belongs to no group is given to the first that asks."""
    channel, groups = context.message.channel, context.work.groups
    if authority(context) is Authority.NONE:
        await context.work.tally.note(_wish(group.id, channel), context.now)
        allow = Button("group_bind_allow", f"group_bind #{group.id}")
        return Reply("group_bind_ask", {"group": group}, ((allow,),), private=False)
    await groups.unbind(channel)  # it may still be that of a group which was closed
    await groups.bind(group.id, channel)
    await groups.note(Entry(group.id, context.now, Deed.BOUND, context.learner.id, None, placed(channel)))
    rows = (join_row(), (Button("group_unbind", "group_unbind"),))
    data = {"group": group, "asks_city": asks_city, "known": knows(context)}
    return Reply("group_bound", data, rows, private=False)


async def wished(context: Context, group_id: int) -> bool:
    """Whether an organiser of the group lately asked for this chat."""
    wishes = await context.work.tally.times(_wish(group_id, context.message.channel))
    return WISHED.free_from(wishes, context.now) is not None


def _wish(group_id: int, channel: ChannelRef) -> str:
    place = f"{group_id}:{channel.platform}:{channel.chat_id}:{channel.thread_id}"
    return WISHED.of(sha256(place.encode()).hexdigest())
