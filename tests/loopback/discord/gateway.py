"""The gateway: a websocket that says hello, takes identify and resume, numbers events, and closes with codes."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.loopback.discord.world import Json, World

MESSAGE_CONTENT, PRIVILEGED = 1 << 15, 1 << 1 | 1 << 8 | 1 << 15
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """What a client may resume: the events it was sent, by number."""

    id: str
    shard: tuple[int, int]
    intents: int
    events: list[Json] = field(default_factory=list)
    line: Line | None = None


@dataclass
class Line:
    """One open websocket."""

    socket: web.WebSocketResponse
    deflate: Any = None
    session: Session | None = None
    shut: bool = False

    async def put(self, body: Json) -> None:
        text = json.dumps(body)
        if self.socket.closed:
            return
        with suppress(ConnectionError):  # the other side may have gone a moment ago
            if self.deflate is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(
                    self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
                )


@dataclass
class Gateway:
    """All sessions, and what has been asked of them. `close_with` closes the next identify with a code."""

    world: World
    url: str = ""
    heartbeat_ms: int = 41_250
    allowed_privileged: int = 0
    close_with: int = 0
    identifies: list[Json] = field(default_factory=list)
    resumes: int = 0
    heartbeats: int = 0
    sessions: dict[str, Session] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One client's connection, from hello to close."""
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        line = Line(socket, zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None)
        self.lines.append(line)
        if request.query.get("v") != "10":
            await socket.close(code=4012)
        else:
            await line.put({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}, "s": None, "t": None})
            await self._listen(line)
        self.lines.remove(line)
        if line.session is not None and line.session.line is line:
            line.session.line = None
        return socket

    async def _listen(self, line: Line) -> None:
        async for frame in line.socket:
            if frame.type is not aiohttp.WSMsgType.TEXT:
                continue
            try:
                body = frame.json()
                op, data = body["op"], body.get("d")
            except (ValueError, KeyError, TypeError):
                await line.socket.close(code=4002)
                return
            code = await self._take(line, op, data)
            if code:
                await line.socket.close(code=code)
        # A client that leaves in good order cannot resume; one that we sent away can.
        if line.socket.close_code in {1000, 1001} and line.session is not None and not line.shut:
            self.sessions.pop(line.session.id, None)

    async def _take(self, line: Line, op: int, data: Any) -> int:
        """Answer one payload; a number is the code to close with."""
        if op == HEARTBEAT:
            self.heartbeats += 1
            await line.put({"op": ACK, "d": None, "s": None, "t": None})
        elif op == IDENTIFY:
            return await self._identify(line, data)
        elif op == RESUME:
            return await self._resume(line, data)
        elif line.session is None:
            return 4003
        elif op not in {3, 4, 8}:
            return 4001
        return 0

    async def _identify(self, line: Line, data: Json) -> int:
        self.identifies.append(data)
        shard = tuple(data.get("shard") or (0, 1))
        if code := self._refusal(line, data, shard):
            return code
        session = Session(secrets.token_hex(16), (shard[0], shard[1]), data["intents"], line=line)
        line.session = self.sessions[session.id] = session
        await self._welcome(session)
        return 0

    def _refusal(self, line: Line, data: Json, shard: tuple[int, ...]) -> int:
        ordered, self.close_with = self.close_with, 0
        tests = {
            4005: line.session is not None, 4004: data["token"] != self.world.token,
            4014: bool(data["intents"] & PRIVILEGED & ~self.allowed_privileged), 4010: not 0 <= shard[0] < shard[1],
            4011: self.world.guild_count > 2500 * shard[1],
        }  # fmt: skip
        return ordered or next((code for code, wrong in tests.items() if wrong), 0)

    async def _welcome(self, session: Session) -> None:
        mine = [g for g in self.world.guilds.values() if (int(g.id) >> 22) % session.shard[1] == session.shard[0]]
        await self._event(session, "READY", {
            "v": 10, "user": self.world.bot.shown(), "guilds": [{"id": g.id, "unavailable": True} for g in mine],
            "session_id": session.id, "resume_gateway_url": self.url, "shard": list(session.shard),
            "application": {"id": self.world.app_id, "flags": 0},
        })  # fmt: skip
        for guild in mine:
            await self._event(session, "GUILD_CREATE", guild.shown(self.world.bot))
        self.ready.set()

    async def _resume(self, line: Line, data: Json) -> int:
        self.resumes += 1
        if data["token"] != self.world.token:
            return 4004
        session = self.sessions.get(data["session_id"])
        if session is None:
            await line.put({"op": INVALID, "d": False, "s": None, "t": None})
            return 0
        if not isinstance(data["seq"], int) or data["seq"] > len(session.events):
            return 4007
        line.session, session.line = session, line
        for event in session.events[data["seq"] :]:
            await line.put(event)
        await self._event(session, "RESUMED", {})
        return 0

    async def _event(self, session: Session, name: str, data: Json) -> None:
        body = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(body)
        if session.line is not None:
            await session.line.put(body)

    async def emit(self, name: str, data: Json, intent: int = 0) -> None:
        """Tell every session that wants to know; those that are cut off find it when they resume."""
        guild = int(data.get("guild_id") or 0)
        for session in list(self.sessions.values()):
            shard, count = session.shard
            if (guild >> 22) % count == shard and (not intent or session.intents & intent):
                await self._event(session, name, self._as_seen(session, name, data))

    def _as_seen(self, session: Session, name: str, data: Json) -> Json:
        told = not data.get("guild_id") or any(u["id"] == self.world.bot.id for u in data.get("mentions", []))
        if name != "MESSAGE_CREATE" or told or session.intents & MESSAGE_CONTENT:
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    async def drop(self) -> None:
        """Cut every line without a word; sessions stay for a resume."""
        for line in list(self.lines):
            transport = line.socket._req.transport if line.socket._req else None
            if transport is not None:
                transport.abort()

    async def close(self, code: int) -> None:
        """Close every line with a code."""
        for line in list(self.lines):
            line.shut = True
            await line.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Tell every client to reconnect and resume."""
        for line in list(self.lines):
            await line.put({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every client that its session is void."""
        for line in list(self.lines):
            if line.session is not None and not resumable:
                self.sessions.pop(line.session.id, None)
            await line.put({"op": INVALID, "d": resumable, "s": None, "t": None})
