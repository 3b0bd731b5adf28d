"""People on two platforms in one group, and everything that any of them reads."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.clock import ManualClock
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from bot.domain.message import ChannelRef, ChatKind, Message, Rendered, Sender
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push
from tests.shared import running_app


@dataclass(frozen=True)
class Read:
    """A text that came to one person (`who`) or to everybody in a chat (`chat`)."""

    at: datetime
    text: str
    template: str
    who: str = ""
    chat: str = ""
    kind: str = ""
    key: str = ""


@dataclass
class Platform:
    """A platform that shows what it is given, but for chats that have shut us out."""

    platform: str
    village: Village
    parallel: int = 1

    async def send(self, push: Push) -> None:
        kind = push.delivery.kind.value
        self.village.note(push.message, who=push.to.external_id, kind=kind, key=push.delivery.key)

    async def post(self, post: ChatPost) -> None:
        chat = f"{post.to.chat_id}/{post.to.thread_id}"
        if chat in self.village.shut:
            raise SendFailed("kicked", permanent=True)
        self.village.note(post.message, chat=chat, kind=post.posting.kind.value, key=post.posting.key)


@dataclass
class Village:
    """One mentor, a clock, and people who live on one platform each."""

    app: App
    clock: ManualClock
    homes: dict[str, str]
    reads: list[Read] = field(default_factory=list)
    shut: set[str] = field(default_factory=set)
    last: tuple[Rendered, ...] = ()
    events: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        transports = [Platform(name, self) for name in sorted(set(self.homes.values()))]
        self.pushes: Pushes = self.app.pushes(*transports)

    def note(self, message: Rendered, **where: str) -> None:
        self.reads.append(Read(self.clock.now(), message.text, message.template, **where))

    async def say(self, who: str, text: str = "", chat: str = "", button: str = "", mentioned: bool = True) -> str:
        """Say or press something, in one's own chat or in a shared one (`chat`, perhaps with `/thread`)."""
        place, _, thread = chat.partition("/")
        platform = self.homes[who]
        kind = ChatKind.GROUP if chat else ChatKind.DIRECT
        channel = ChannelRef(platform, place or f"chat-{who}", kind, "The hall" if chat else "", thread)
        sender = Sender(who, who.capitalize())
        event = str(next(self.events))
        message = Message(platform, event, sender, channel, self.clock.now(), text, button, mentioned)
        self.last = tuple(await self.app.mentor.handle(message))
        for reply in self.last:
            shown = {"who": who} if reply.private or not chat else {"chat": f"{place}/{thread}"}
            self.note(reply, **shown)
        return "\n\n".join(reply.text for reply in self.last)

    async def tap(self, who: str, label: str) -> str:
        """Tap what the last answer offers."""
        found = (b for reply in self.last for row in reply.buttons for b in row)
        return await self.say(who, button=next(b.action for b in found if b.label == label))

    async def until(self, at: datetime) -> None:
        """Let time pass, and what falls due be sent."""
        await pass_time(self.pushes, self.clock, at)

    async def wait(self, **length: float) -> None:
        await self.until(self.clock.now() + timedelta(**length))


@asynccontextmanager
async def living(database: Path, at: datetime, homes: dict[str, str]) -> AsyncIterator[Village]:
    clock = ManualClock(at)
    async with running_app(database, clock) as app:
        yield Village(app, clock, homes)
