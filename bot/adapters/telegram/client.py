"""python-telegram-bot's client, as we use it: its requests and types, not its loop."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns whenever Telegram asks us to wait

from telegram.ext import AIORateLimiter, ExtBot

from bot.adapters.telegram.request import PATIENCE, Request

# A pause that Telegram asks for is our business, told in one line of ours and not as a traceback of the library's.
logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)

POLL_SECONDS = 50
SEAT_BELT = 100
"""Requests a second at which the library steps in. Our own pacing holds pushes far below it."""


class Bot(ExtBot[int]):
    """The library's bot, and updates as they come: ours are kept before they are read, and one that cannot be read
    must not keep back the others."""

    async def raw_updates(self, offset: int, allowed: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """Updates from `offset` on, which confirms all before it. Waits until there are some."""
        question: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": 100, "allowed_updates": list(allowed)}
        question |= {"offset": offset} if offset else {}
        found = await self._post("getUpdates", question, read_timeout=POLL_SECONDS + 10)
        return [update for update in found if isinstance(update, dict)] if isinstance(found, list) else []


def client(token: str, api_url: str, patience: float = PATIENCE) -> Bot:
    """A client for one bot. `api_url` is Telegram's, or that of a Bot API server of one's own, which is given
    `patience` seconds for each answer."""
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=Request(connections=128, read_timeout=patience),
        get_updates_request=Request(connections=2, read_timeout=POLL_SECONDS + 10),
        rate_limiter=AIORateLimiter(overall_max_rate=SEAT_BELT, max_retries=0),
    )
