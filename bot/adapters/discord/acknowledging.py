"""The first word on an interaction: within three seconds, before anything else, and once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.adapters.discord.failures import LATE, TAKEN

log = logging.getLogger(__name__)
WAITS = (0.05, 0.2, 0.5)


async def acknowledge(say: Callable[[], Awaitable[object]]) -> bool:
    """Say it. False when it came too late, or another process of ours was first; then nothing more is to be done."""
    lost = False
    for wait in (*WAITS, 0.0):
        try:
            await say()
        except discord.InteractionResponded:
            return True
        except discord.HTTPException as error:
            # After a lost connection, "already acknowledged" is our own first try, which had arrived.
            return (lost and error.code == TAKEN) or _refused(error)
        except (OSError, aiohttp.ClientConnectionError):
            lost = True
            await asyncio.sleep(wait)
        else:
            return True
    log.warning("an interaction could not be acknowledged: the connection was lost")
    return False


def _refused(error: discord.HTTPException) -> bool:
    level = logging.INFO if error.code in {LATE, TAKEN} else logging.WARNING
    log.log(level, "an interaction could not be acknowledged: %s %s", error.code, error.text)
    return False
