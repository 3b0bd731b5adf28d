"""Whether the bot may write where learners and study groups want it to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from telegram import ChatFullInfo, ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.adapters.telegram.client import Bot, client
from bot.domain.push_place import PushPlace

Line = tuple[str, str]


async def examine_places(token: str, api_url: str, places: Iterable[PushPlace]) -> list[Line]:
    """A line for each chat where the bot cannot write, or one that there is none."""
    chats = sorted({int(place.chat_id) for place in places})
    if not chats:
        return []
    bot = client(token, api_url)
    try:
        await bot.initialize()
        found = [line async for line in _looked_at(bot, chats)]
    except TelegramError as error:
        return [("·", f"telegram: the groups could not all be looked at: {error}")]
    finally:
        await bot.shutdown()
    return found or [("✓", f"telegram: the bot may write in all {len(chats)} groups that it posts to")]


async def _looked_at(bot: Bot, chats: Iterable[int]) -> AsyncIterator[Line]:
    for chat_id in chats:
        try:
            chat, us = await bot.get_chat(chat_id), await bot.get_chat_member(chat_id, bot.id)
        except (BadRequest, Forbidden):
            yield "·", f"telegram: group {chat_id} is gone or shut to the bot; what is meant for it goes to its people"
            continue
        if us.status in (ChatMember.LEFT, ChatMember.BANNED):
            yield "·", f"telegram: the bot is not in {chat.title} any more; what is meant for it goes to its people"
        elif not _may_write(chat, us):
            yield "✗", f"telegram: in {chat.title} the bot may not send messages; allow it, or make it an admin there"


def _may_write(chat: ChatFullInfo, us: ChatMember) -> bool:
    if us.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER):
        return True
    if isinstance(us, ChatMemberRestricted) and not us.can_send_messages:
        return False
    return chat.permissions is None or chat.permissions.can_send_messages is not False
