"""A conversation as a test writes it: say something, read what the learner reads."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.clock import ManualClock
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from bot.domain.message import Authority, Button, ChannelRef, ChatKind, Message, Rendered, Sender
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push
from tests.shared import running_app

MONDAY_MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@dataclass
class Mailbox:
    """A platform that keeps what is pushed to it, and fails when told to."""

    platform: str = "test"
    parallel: int = 1
    pushes: list[Push] = field(default_factory=list)
    failures: list[SendFailed] = field(default_factory=list)
    posts: list[ChatPost] = field(default_factory=list)

    async def send(self, push: Push) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.pushes.append(push)

    async def post(self, post: ChatPost) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.posts.append(post)

    @property
    def texts(self) -> list[str]:
        return [push.message.text for push in self.pushes]


@dataclass
class Talk:
    """One app on a real database with a clock in the test's hand; people are known by their first names."""

    app: App
    clock: ManualClock
    mailbox: Mailbox
    pushes: Pushes
    last: Sequence[Rendered] = ()
    events: itertools.count[int] = field(default_factory=itertools.count)

    async def say(self, text: str, who: str = "ada", **kind: object) -> str:
        """Say something; the answer's words, several answers with a line between them."""
        return await self._handle(self._message(who, text=text, **kind))

    async def tap(self, label: str, who: str = "ada") -> str:
        """Tap the button with this label under the last answer."""
        button = next(b for b in self.buttons if b.label == label)
        return await self._handle(self._message(who, button=button.action))

    async def press(self, action: str, who: str = "ada") -> str:
        """Press a button by what it does, such as one from an old message."""
        return await self._handle(self._message(who, button=action))

    async def again(self, message: Message) -> str:
        """Hand in a message that was handed in before."""
        return await self._handle(message)

    def _message(
        self, who: str, text: str = "", button: str = "", group: bool = False, mentioned: bool = True, zone: str = "",
        beneath: tuple[str, ...] = (), authority: Authority = Authority.UNKNOWN,
    ) -> Message:  # fmt: skip
        channel = ChannelRef("test", "group-1", ChatKind.GROUP) if group else ChannelRef("test", f"chat-{who}")
        sender = Sender(who, who.capitalize(), zone=zone)
        event, now = str(next(self.events)), self.clock.now()
        return Message("test", event, sender, channel, now, text, button, mentioned, beneath, authority)

    async def _handle(self, message: Message) -> str:
        self.last = await self.app.mentor.handle(message)
        return "\n\n".join(reply.text for reply in self.last)

    @property
    def buttons(self) -> list[Button]:
        """Everything that can be tapped under the last answer."""
        return [button for reply in self.last for row in reply.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons under the last answer say."""
        return [button.label for button in self.buttons]

    async def wait(self, **length: float) -> list[str]:
        """Let time pass; the words of all that was pushed on the way."""
        before = len(self.mailbox.pushes)
        until = self.clock.now() + timedelta(**length)
        await pass_time(self.pushes, self.clock, until)
        return self.mailbox.texts[before:]

    async def sleep_through(self, **length: float) -> list[str]:
        """Let time pass while nothing runs, then start again; the words of what is pushed then."""
        before = len(self.mailbox.pushes)
        self.clock.move(self.clock.now() + timedelta(**length))
        await self.pushes.tick()
        return self.mailbox.texts[before:]

    async def enroll(self, roadmap: str = "full-stack-ml-36", zone: str = "Berlin", who: str = "ada") -> None:
        """From hello to a plan that begins on the next Monday."""
        await self.say("start", who)
        await self.say(f"begin {roadmap}", who)
        await self.say(f"zone {zone}", who)


@asynccontextmanager
async def talking(database: Path | str, at: datetime = MONDAY_MORNING) -> AsyncIterator[Talk]:
    """A mentor to talk to, on a fresh or existing SQLite file or any database URL."""
    clock = ManualClock(at)
    async with running_app(database, clock) as app:
        mailbox = Mailbox()
        yield Talk(app, clock, mailbox, app.pushes(mailbox))
