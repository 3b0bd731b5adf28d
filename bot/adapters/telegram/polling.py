"""Asks Telegram for updates, over and over: what was taken in is on disk before the next question confirms it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.adapters.telegram.client import Bot
from bot.adapters.telegram.failures import TokenRefused
from bot.adapters.telegram.raw import ALLOWED

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0
Payload = Mapping[str, Any]
Receive = Callable[[Sequence[Payload]], Awaitable[None]]


async def poll(bot: Bot, receive: Receive, first_pause: float = 1.0) -> None:
    """Hand on updates until cancelled. Raises `TokenRefused`."""
    offset, pause = 0, first_pause
    while True:
        try:
            updates = await bot.raw_updates(offset, ALLOWED)
            await receive(updates)
            # Ids may jump anywhere after a quiet week. An empty answer means all is confirmed, so we start afresh.
            offset = int(updates[-1]["update_id"]) + 1 if updates else 0
            pause = first_pause
        except InvalidToken as error:
            raise TokenRefused("Telegram refused the token") from error
        except Exception as error:
            await _explain(bot, error)
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(pause * 2, LONGEST_PAUSE)


async def _explain(bot: Bot, error: Exception) -> None:
    if isinstance(error, Conflict) and "webhook" in error.message:
        log.warning("a webhook was set for this bot; it is taken away, since no MILEPOST_TELEGRAM_WEBHOOK_URL is set")
        await _without_webhook(bot)
    elif isinstance(error, Conflict):
        log.warning("another process asks for this bot's updates; stop it, or give each its own token")
    elif isinstance(error, TelegramError):
        log.warning("Telegram cannot be reached: %s", error)
    else:
        log.error("updates could not be taken in", exc_info=error)


async def _without_webhook(bot: Bot) -> None:
    try:
        await bot.delete_webhook()
    except TelegramError as error:
        log.warning("the webhook could not be taken away: %s", error)
