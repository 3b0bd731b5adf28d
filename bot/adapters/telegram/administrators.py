"""Asks Telegram whether somebody manages a chat."""

from __future__ import annotations

import logging

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.adapters.telegram.client import Bot
from bot.domain.message import Authority, Message

log = logging.getLogger(__name__)
MANAGING = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def authority(bot: Bot, message: Message) -> Authority:
    """The sender's authority over the chat of a message. Where Telegram says nothing they have none: whoever can make
    it fail must not come by a chat that way."""
    chat, who = int(message.channel.chat_id), int(message.sender.external_id)
    for manages in (_by_standing, _by_list):
        try:
            return Authority.MANAGES if await manages(bot, chat, who) else Authority.NONE
        except TelegramError as error:
            log.warning("Telegram did not say who manages chat %s: %s", chat, error)
    return Authority.NONE


async def _by_standing(bot: Bot, chat: int, who: int) -> bool:
    return (await bot.get_chat_member(chat, who)).status in MANAGING


async def _by_list(bot: Bot, chat: int, who: int) -> bool:
    """The same from the list of administrators: where members are hidden, that is all a bot is shown."""
    return any(found.user.id == who for found in await bot.get_chat_administrators(chat))
