"""The mentor in a terminal: a conversation with numbered buttons, and pushes as they fall due."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.adapters.terminal.keyboard import keyboard_lines, piped_lines
from bot.adapters.terminal.screen import Screen
from bot.domain.message import Button, ChannelRef, Message, Rendered, Sender
from bot.engine.buttons import NO_BUTTON
from bot.engine.group_ports import ChatPost
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock, Push

PLATFORM = "terminal"
USER = "me"
LONGEST_NUMBER = 6
MOST_COPIES = 1000


@dataclass
class TerminalChat:
    """One learner at one terminal. Also the transport for that learner's pushes."""

    mentor: Mentor
    clock: Clock
    screen: Screen
    sender: Sender
    downloads: Path
    platform: str = PLATFORM
    parallel: int = 1
    shown: tuple[Button, ...] = ()
    count: int = 0
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Talk until the input ends or the learner says bye."""
        async with aclosing(lines):  # type: ignore[type-var]
            async for line in lines:
                if line.strip().lower() in {"bye", "exit", "quit", ":q"}:
                    return
                await self.say(line)

    async def say(self, line: str) -> None:
        """Hand one line to the mentor and draw what it answers."""
        for reply in await self.mentor.handle(self._message(line)):
            await self._draw(reply)

    def _message(self, line: str) -> Message:
        self.count += 1
        now = self.clock.now()
        action = self._tapped(line.strip())
        event = f"{now:%Y%m%d%H%M%S%f}-{self.count}"
        channel = ChannelRef(PLATFORM, USER)
        return Message(PLATFORM, event, self.sender, channel, now, "" if action else line, action)

    def _tapped(self, word: str) -> str:
        """What a button's number does; "" for other words. The number of no button never means a task's."""
        if not (word.isascii() and word.isdigit()):
            return ""
        at = int(word) if len(word) <= LONGEST_NUMBER else 0
        return self.shown[at - 1].action if 1 <= at <= len(self.shown) else f"{NO_BUTTON}{word[:LONGEST_NUMBER]}"

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        await self._draw(push.message)

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`."""
        await self._draw(post.message)

    async def _draw(self, reply: Rendered) -> None:
        async with self._writing:
            self.shown = tuple(button for row in reply.buttons for button in row)
            print(f"\n{self.screen.draw(reply, self.shown)}\n", flush=True)  # noqa: T201 - a terminal is where print belongs
            for file in reply.files:
                print(f"  → {self._kept(Path(file.name), file.content)}\n", flush=True)  # noqa: T201

    def _kept(self, name: Path, content: bytes) -> str:
        """Where a file was written, never over another one; or why it could not be."""
        names = (name.name, *(f"{name.stem}-{n}{name.suffix}" for n in range(2, MOST_COPIES)))
        try:
            self.downloads.mkdir(parents=True, exist_ok=True)
            path = next(p for one in names if not (p := self.downloads / one).exists())
            with path.open("xb") as file:
                file.write(content)
        except (OSError, StopIteration):
            return f"{name} cannot be written in {self.downloads}. Start milepost chat in another folder and ask again."
        return str(path)


def terminal_lines(history: Path) -> AsyncIterator[str]:
    """What the learner types, with history and editing at a keyboard, plain lines from a pipe."""
    return keyboard_lines(history) if sys.stdin.isatty() else piped_lines(sys.stdin)


def local_zone(now: datetime) -> str:
    """The machine's IANA zone, "" when it cannot be told."""
    link = Path("/etc/localtime")
    if link.is_symlink() and "zoneinfo/" in str(link.resolve()):
        return str(link.resolve()).split("zoneinfo/")[-1]
    return "" if now.astimezone().utcoffset() else "UTC"
