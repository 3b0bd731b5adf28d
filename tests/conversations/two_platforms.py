"""A person with an account on each of two platforms: one app, one clock, a conversation on each side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.clock import ManualClock
from bot.domain.message import Message
from tests.shared import running_app
from tests.talk import MONDAY_MORNING, Mailbox, Talk


@dataclass
class Side(Talk):
    """A conversation on one platform; what is pushed there comes into its own mailbox."""

    platform: str = "telegram"

    def _message(self, who: str, **kind: object) -> Message:  # type: ignore[override]  # the same, said on this platform
        message = super()._message(who, **kind)  # type: ignore[arg-type]
        chat = f"{self.platform}-{message.channel.chat_id}"
        return replace(
            message, platform=self.platform, channel=replace(message.channel, platform=self.platform, chat_id=chat)
        )

    async def code(self, who: str = "ada") -> str:
        """Ask for a link code and read it off the screen."""
        text = await self.say("link", who)
        return text.partition("link code: ")[2][:11]


@asynccontextmanager
async def two_platforms(database: Path | str, at: datetime = MONDAY_MORNING) -> AsyncIterator[tuple[Side, Side]]:
    """Telegram and Discord, on a fresh SQLite file or any database URL."""
    clock = ManualClock(at)
    async with running_app(database, clock) as app:
        boxes = Mailbox("telegram"), Mailbox("discord")
        pushes = app.pushes(*boxes)
        first, second = (Side(app, clock, box, pushes, platform=box.platform) for box in boxes)
        yield first, second


async def linked(one: Side, other: Side, who: str = "ada", whom: str = "ada") -> str:
    """Link `who` on one side with `whom` on the other; the last thing that was said."""
    await other.say(f"link {await one.code(who)}", whom)
    return await other.tap("Link them", whom)
