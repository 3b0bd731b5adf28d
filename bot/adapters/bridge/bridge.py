"""JSON lines on stdin and stdout: any other platform can be connected, and any conversation be scripted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.adapters.bridge import protocol
from bot.adapters.bridge.flights import Flights
from bot.adapters.bridge.protocol import BadRequest, Json, Request
from bot.clock import ManualClock
from bot.delivery.forgetting import Forgetting
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from bot.domain.message import Attachment, ChatKind, Message, Rendered
from bot.engine.group_ports import ChatPost
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock, Push

Write = Callable[[Json], None]


class BridgeTransport:
    """Pushes as lines on stdout."""

    platform = protocol.PLATFORM
    parallel = 1

    def __init__(self, write: Write, clock: Clock) -> None:
        self._write = write
        self._clock = clock

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        user = push.to.external_id
        head = {"type": "push", "kind": push.delivery.kind.value, "key": push.delivery.key,
                "at": protocol.stamp(self._clock.now()), "chat": push.chat_id, "user": user}  # fmt: skip
        self._write(head | protocol.shown(push.message, user))

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`. The buttons are for everybody there."""
        what, to = post.posting, post.to
        head = {"type": "push", "kind": what.kind.value, "key": what.key, "at": protocol.stamp(self._clock.now()),
                "chat": to.chat_id, "user": ""}  # fmt: skip
        self._write(head | protocol.shown(post.message, protocol.ANYBODY))


class Recent(dict[str, str]):
    """The latest few thousand entries; older ones fall out."""

    size = 5000

    def __setitem__(self, key: str, value: str) -> None:
        super().__setitem__(key, value)
        if len(self) > self.size:
            del self[next(iter(self))]


@dataclass
class Bridge:
    """Reads requests one after the other and writes all that each causes before it takes the next; where a model may
    keep an answer waiting, `flights` lets other people's requests pass it.

    `advance` moves a manual clock to an instant, sending what falls due on the way; without it, time is real.
    `session` sets this run's request ids apart from those of earlier runs on the same database.
    """

    mentor: Mentor
    clock: Clock
    write: Write
    files: Path
    session: str
    advance: Callable[[datetime], Awaitable[None]] | None = None
    flights: Flights = field(default_factory=Flights)
    seen: Recent = field(default_factory=Recent)
    shown: Recent = field(default_factory=Recent)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Serve until the input ends or says quit."""
        async for text in lines:
            if text.strip() and not await self._take(text):
                return
        await self.flights.landed()

    async def _take(self, text: str) -> bool:
        """Take one line. False when it was the last."""
        try:
            request = protocol.parse(text)
        except BadRequest as error:
            self._refuse(error)
            return True
        if request.type in ("clock", "quit"):
            await self.flights.landed()  # all that was asked before that instant is answered before it
            await self._serve(request)
        else:
            await self.flights.depart(_user(request), lambda: self._serve(request))
        return request.type != "quit"

    async def _serve(self, request: Request) -> None:
        """Answer one request."""
        try:
            if request.id not in self.seen:
                await self._answer(request)
                self.seen[request.id] = request.type
        except BadRequest as error:
            return self._refuse(error)
        return self.write({"type": "done", "to": request.id})

    def _refuse(self, error: BadRequest) -> None:
        self.write({"type": "error", "to": error.request_id, "code": error.code, "message": str(error)})

    async def _answer(self, request: Request) -> None:
        if request.type == "clock":
            await self._move_clock(protocol.instant(request), request)
        elif request.type != "quit":
            await self._converse(request)

    async def _converse(self, request: Request) -> None:
        action = _action(request) if request.type == "press" else ""
        message = protocol.message(request, self.clock.now(), f"{self.session}{request.id}", action)
        for rendered in await self.mentor.handle(message):
            self._reply(request, message, rendered)
        if self.advance is not None:
            async with self._moving:
                await self.advance(self.clock.now())

    def _reply(self, request: Request, message: Message, rendered: Rendered) -> None:
        user = message.sender.external_id
        head = {"type": "reply", "to": request.id, "chat": message.channel.chat_id, "user": user,
                "private": rendered.private}  # fmt: skip
        shared = message.channel.kind is ChatKind.GROUP and not rendered.private
        body = protocol.shown(rendered, protocol.ANYBODY if shared else user)
        tapped = str(request.body.get("button", ""))
        tail: Json = {"edits": self.shown.get(tapped) if rendered.replaces else None}
        if rendered.files:
            tail["files"] = [self._keep(file, f"{self.session}{request.id}|{user}") for file in rendered.files]
        self.write(head | body | tail)
        for row in body["buttons"]:
            for button in row:
                self.shown[button["id"]] = request.id

    def _keep(self, file: Attachment, owner: str) -> Json:
        """A file in a folder of its own for each user and request: one's copy never lies where another's did."""
        folder = self.files / hashlib.sha256(owner.encode()).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / file.name
        path.write_bytes(file.content)
        return {"name": file.name, "path": str(path)}

    async def _move_clock(self, to: datetime, request: Request) -> None:
        if self.advance is None:
            raise BadRequest("this bridge runs on real time; start it with --clock manual", request.id)
        if to < self.clock.now():
            raise BadRequest(f"the clock stands at {protocol.stamp(self.clock.now())} and only moves on", request.id)
        await self.advance(to)


def _user(request: Request) -> str:
    """Whose request it is, "" where the line does not say."""
    try:
        return request.ident("user", "id")
    except BadRequest:
        return ""


def _action(request: Request) -> str:
    """What a button does, if it is the presser's own. Raises `BadRequest`."""
    owner, found, action = request.text("button").rpartition("|")
    if not found:
        raise BadRequest("there is no such button", request.id)
    if owner not in (request.ident("user", "id"), protocol.ANYBODY):
        raise BadRequest("that button was shown to somebody else", request.id, code="not_yours")
    return action


def time_traveller(
    clock: ManualClock, pushes: Pushes, forgetting: Forgetting | None = None
) -> Callable[[datetime], Awaitable[None]]:
    """Moves a manual clock from one due instant to the next, sending what is due at each, up to a given time."""

    async def advance(to: datetime) -> None:
        await pushes.tick()
        await pass_time(pushes, clock, to)
        await pushes.tick()
        if forgetting is not None:
            await forgetting.tick()

    return advance


async def lines_of(stream: TextIO) -> AsyncIterator[str]:
    """Lines as they come, without blocking the event loop."""
    while line := await asyncio.to_thread(stream.readline):
        yield line
