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
    """The sender's authority over the chat of a message; unknown when Telegram does not say."""
    try:
        found = await bot.get_chat_member(int(message.channel.chat_id), int(message.sender.external_id))
    except TelegramError as error:
        log.warning("Telegram did not say who manages chat %s: %s", message.channel.chat_id, error)
        return Authority.UNKNOWN
    return Authority.MANAGES if found.status in MANAGING else Authority.NONE
