"""What a process of `milepost serve` does, and which part of it only one process at a time may do."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.errors import MilepostError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage.seat import Seat

log = logging.getLogger(__name__)


class Role(StrEnum):
    """`chat` and `deliver` speak with a bot's token: of each, one process at a time does it, and others stand by."""

    WEB = "web"
    CHAT = "chat"
    DELIVER = "deliver"
    PLAN = "plan"


class UnknownRole(MilepostError):
    """A role there is none of."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no role {name!r}. Choose from {', '.join(Role)}, with commas between.")


class SeatLost(MilepostError):
    """Another process speaks now; this one must not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Lost the {name} seat: another process may speak now. Start again to stand by.")


def roles_named(text: str) -> frozenset[Role]:
    """The roles in a list with commas. Raises `UnknownRole`."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in {role.value for role in Role}:
            raise UnknownRole(name)
    return frozenset(Role(name) for name in names) or frozenset(Role)


async def lead(
    role: Role, settings: Settings, begin: Callable[[], None], after: asyncio.Event, seated: asyncio.Event
) -> None:
    """Wait for a role's seat, begin, and raise `SeatLost` when the seat is gone.

    Nobody asks for a seat before they have the one `after` stands for: of processes that have two roles, one has both
    seats, and so paces all that goes out.
    """
    from bot.storage.database import database_url  # noqa: PLC0415 - --help stays quick
    from bot.storage.seat import seat, sit_down, until_lost  # noqa: PLC0415

    place: Seat = seat(database_url(settings.database_url), f"{role}-{_bots(settings)}")
    await after.wait()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(place.leave)
        waiting = asyncio.create_task(sit_down(place))
        if not (await asyncio.wait([waiting], timeout=1.0))[0]:
            log.info("another process has the %s seat; standing by", role)
        await waiting
        log.info("this process has the %s seat", role)
        begin()
        seated.set()
        await until_lost(place)
    raise SeatLost(role)


def _bots(settings: Settings) -> str:
    """The bots this is about, without giving their tokens away."""
    tokens = [t.get_secret_value() for t in (settings.telegram_token, settings.discord_token) if t is not None]
    return hashlib.sha256("\n".join(tokens).encode()).hexdigest()[:8]
