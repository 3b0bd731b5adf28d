"""A chat of a group turns out to be closed to us."""

from __future__ import annotations

from datetime import datetime

from bot.domain.group import Role, StudyGroup
from bot.domain.group_log import Deed, Entry
from bot.domain.message import ChannelRef
from bot.domain.posting import notice
from bot.engine.storing import Work


async def let_go(work: Work, group: StudyGroup, channel: ChannelRef, now: datetime) -> None:
    """Unbind it, write it down, and let the owner know; the group's other chats go on."""
    if await work.groups.by_chat(channel) is None:
        return
    await work.groups.unbind(channel)
    await work.groups.note(Entry(group.id, now, Deed.LOST, None, None, placed(channel)))
    owner = next((m for m in await work.groups.members(group.id) if m.role is Role.OWNER), None)
    if owner is not None:
        key = f"g{group.id}-lost-{channel.chat_id[-20:]}-{now:%Y%m%d%H%M}"
        data = {"chat": channel.name, "platform": channel.platform.capitalize()}
        await work.groups.post(notice(group.id, owner.learner_id, "group_chat_lost", key, now, data))


def placed(channel: ChannelRef) -> str:
    """A chat as the log names it, told apart from one of the same name elsewhere."""
    topic = f" / {channel.thread_id}" if channel.thread_id else ""
    return f"{channel.name}{topic} ({channel.platform.capitalize()})".strip()
