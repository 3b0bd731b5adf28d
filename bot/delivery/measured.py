"""What becomes of sends, counted for whoever watches: a transport around a transport."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push, Transport

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the latency buckets, in seconds."""


@dataclass
class Tally:
    """How sends over one platform have ended since the start, and how long they took."""

    sent: int = 0
    refused: int = 0
    in_doubt: int = 0
    seconds: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * len(BOUNDS))

    def took(self, seconds: float) -> None:
        """Note one send's time."""
        self.seconds += seconds
        for number, bound in enumerate(BOUNDS):
            self.buckets[number] += seconds <= bound


class Counted(Protocol):
    """Something that keeps a tally for a platform."""

    platform: str
    tally: Tally


class Measured:
    """See `bot.engine.ports.Transport`. Sends over another one and counts."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.platform = transport.platform
        self.parallel = transport.parallel
        self.tally = Tally()

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        await self._counted(self._transport.send(push))

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`."""
        await self._counted(self._transport.post(post))

    async def _counted(self, sending: Coroutine[Any, Any, None]) -> None:
        began = time.monotonic()
        try:
            await sending
        except SendFailed as failure:
            self.tally.in_doubt += failure.in_doubt
            self.tally.refused += not failure.in_doubt
            raise
        except BaseException:
            self.tally.in_doubt += 1  # given up in the middle
            raise
        self.tally.sent += 1
        self.tally.took(time.monotonic() - began)
