"""One look at the application before anything is started: is the token good, and how large has it grown?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.domain.errors import MilepostError

MESSAGE_CONTENT_FLAGS = 1 << 18 | 1 << 19
UNKNOWN_TOKEN = "Discord does not know this token. Copy it again from the developer portal, page Bot."  # noqa: S105
PATIENCE = aiohttp.ClientTimeout(total=10)


class TokenRefused(MilepostError):
    """Discord does not know the token."""


class Unanswered(MilepostError):
    """Discord could not be asked."""


@dataclass(frozen=True, slots=True)
class Application:
    """What Discord says about the application."""

    id: int
    name: str
    servers: int
    may_read_content: bool


async def probe(api_url: str, token: str) -> Application:
    """Ask. Raises `TokenRefused` or `Unanswered`."""
    headers = {"Authorization": f"Bot {token}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"{api_url}/applications/@me", headers=headers) as response,
        ):
            if response.status == 401:
                raise TokenRefused(
                    "Discord does not know this token. Copy it again from the developer portal, page Bot."
                )
            if response.status != 200:
                raise Unanswered(f"Discord answered {response.status}.")
            return _read(await response.json())
    except (aiohttp.ClientError, OSError, ValueError, KeyError) as error:
        raise Unanswered(f"Discord cannot be reached at {api_url}: {error}.") from error


def _read(body: Any) -> Application:
    flags = int(body.get("flags") or 0)
    servers = int(body.get("approximate_guild_count") or 0)
    return Application(int(body["id"]), str(body["name"]), servers, bool(flags & MESSAGE_CONTENT_FLAGS))
