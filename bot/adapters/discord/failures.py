"""Discord's refusals in our own words, and the retries its library leaves to us."""

from __future__ import annotations

import asyncio
import errno
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import aiohttp
import discord

from bot.engine.errors import SendFailed

Result = TypeVar("Result")

CLOSED = frozenset({50007, 50278, 10013})
"""This person takes no direct messages, shares no server with us, or is gone."""
ELSEWHERE = frozenset({10003, 50001})
"""The chat is gone or shut; the same person may have another."""
NO_WRITING = frozenset({50001, 50013, 10003, 160005, 50024, 50083})
"""We may not write in this channel or thread, or it is gone, locked, or put away for good."""
SHUT = NO_WRITING | {10004}
"""A post can never arrive there: we may not write, or the channel, thread or server is gone."""
DEAD_TOKEN = frozenset({10015, 50027, 10062, 10008})
"""The interaction's token is over, or the message it would change is gone."""
LATE, TAKEN, GONE = 10062, 40060, 10008
WAITS = (0.1, 0.5, 1.5)
LONGEST_HOLD = 10.0
LOST_ERRNOS = frozenset({errno.ECONNRESET, errno.EPIPE, 54, 10054})


async def steadily(call: Callable[[], Awaitable[Result]]) -> Result:
    """Do it, and again after a 503, a lost connection or a bare 429. Only for what may arrive twice as one."""
    for wait in WAITS:
        try:
            return await call()
        except (discord.HTTPException, OSError, aiohttp.ClientConnectionError) as error:
            hold = pause(error, wait)
            if hold is None:
                raise
            await asyncio.sleep(hold)
    return await call()


def passing(error: Exception) -> bool:
    """Whether Discord or the way to it is away, or wants us to wait: the same may go well later."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == 429
    return isinstance(error, (discord.RateLimited, aiohttp.ClientError, OSError))


def pause(error: Exception, wait: float) -> float | None:
    """How long to wait before trying again; None when trying again is of no use."""
    if isinstance(error, discord.HTTPException):
        if error.status == 429:
            asked = asked_for(error)
            return asked if asked <= LONGEST_HOLD else None
        return wait * random.uniform(0.5, 1) if error.status >= 500 else None
    lost = isinstance(error, aiohttp.ClientConnectionError) or getattr(error, "errno", None) in LOST_ERRNOS
    return wait * random.uniform(0.5, 1) if lost else None


def asked_for(error: discord.HTTPException) -> float:
    """The seconds that a 429 asks for; a bare one (a ban of the address) is answered with patience."""
    try:
        return float(error.response.headers.get("Retry-After") or 5.0)
    except ValueError:
        return 5.0


def failure(error: Exception) -> SendFailed:
    """What an error of the library means for a push."""
    match error:
        case discord.RateLimited():
            return SendFailed(str(error), retry_after=timedelta(seconds=error.retry_after))
        case discord.HTTPException(status=429):
            return SendFailed("Discord refuses this address for now", retry_after=timedelta(seconds=asked_for(error)))
        case discord.HTTPException():
            said, away = f"{error.status} {error.code}: {error.text}", error.status >= 500
            return SendFailed(said, permanent=error.code in CLOSED, outage=away)
    doubt = not isinstance(error, aiohttp.ClientConnectorError)
    return SendFailed(f"the connection was lost: {error}", in_doubt=doubt, outage=True)
