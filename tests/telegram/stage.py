"""The whole bot in a test's hands: the real client against the loopback server, the real engine on a real database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.telegram.assembly import telegram
from bot.adapters.telegram.service import Hook, TelegramService
from bot.app import App
from bot.clock import ManualClock
from bot.delivery.pacing import Pacing, Rates
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from bot.domain.delivery import RetryPolicy
from tests.loopback.telegram.people import Room, direct, group, person
from tests.loopback.telegram.server import LoopbackTelegram
from tests.loopback.telegram.state import Json
from tests.shared import running_app
from tests.talk import MONDAY_MORNING

HASTE = 0.1
"""So long is a second of the pace and of the first retry here: nothing about either is learned by waiting for it."""


@dataclass
class Stage:
    """One running bot. People are made by name; `ada` is there from the start."""

    server: LoopbackTelegram
    app: App
    clock: ManualClock
    service: TelegramService
    pushes: Pushes
    running: asyncio.Task[None]
    people: dict[str, Json] = field(default_factory=dict)

    def user(self, name: str) -> Json:
        return self.people.setdefault(name, person(self.server, name))

    def chat(self, name: str = "Ada", started: bool = True) -> Room:
        """Somebody's direct chat with the bot."""
        return direct(self.server, self.user(name), started)

    async def group(self, name: str = "Ada", **kind: str) -> Room:
        """A group the bot is in, as somebody sees it."""
        return await group(self.server, self.user(name), **kind)

    def seen_by(self, name: str, room: Room) -> Room:
        """The same room on somebody else's screen."""
        return Room(self.server, room.chat, self.user(name), room.thread)

    async def enroll(self, room: Room, roadmap: str = "full-stack-ml-36", zone: str = "Berlin") -> None:
        """From hello to a plan that begins on the next Monday."""
        await room.asks("/start")
        await room.asks(f"begin {roadmap}")
        await room.asks(f"zone {zone}")

    async def wait(self, **length: float) -> None:
        """Let time pass; what falls due is pushed."""
        until = self.clock.now() + timedelta(**length)
        await pass_time(self.pushes, self.clock, until)

    async def idle(self) -> None:
        """Wait until everything taken in is answered."""
        await self.service.reception.intake.idle()


@asynccontextmanager
async def staged(
    server: LoopbackTelegram, database: Path, at: datetime = MONDAY_MORNING, hook: Hook | None = None, model: str = ""
) -> AsyncIterator[Stage]:
    """A running bot against a server, and with the model at an address if there is one."""
    clock = ManualClock(at)
    asked = {"llm_base_url": model, "llm_model": "m"} if model else {}
    async with running_app(database, clock, **asked) as app:
        words = {"": app.renderer.words("en").get}
        service = telegram(server.state.token, server.url, app.mentor, app.inbox, words, hook)
        service.conversation.post.pacing = Pacing(Rates(margin=HASTE))
        service.conversation.retry = RetryPolicy(
            first=timedelta(seconds=HASTE), longest=timedelta(seconds=1), attempts=40
        )
        task = asyncio.create_task(service.run())
        try:
            yield Stage(server, app, clock, service, app.pushes(service.transport), task)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
