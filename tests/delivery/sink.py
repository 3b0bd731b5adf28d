"""A platform on loopback that writes down what arrives, and may know a repeat by its key."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.engine import crashpoints
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push


class Sink:
    """What arrived, by key. With `nonce` a key that came before is thanked for and not shown again."""

    def __init__(self, nonce: bool, delay: float = 0.0) -> None:
        self.nonce = nonce
        self.delay = delay
        self.shown: Counter[str] = Counter()
        self.port = 0
        self._arrived = asyncio.Event()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # whoever is killed hangs up rudely
            while line := await reader.readline():
                key = json.loads(line)["key"]
                if not (self.nonce and self.shown[key]):
                    self.shown[key] += 1
                self._arrived.set()
                await asyncio.sleep(self.delay)
                writer.write(b"ok\n")
        writer.close()

    async def reached(self, count: int) -> None:
        """Wait until so many have arrived."""
        while len(self.shown) < count:
            self._arrived.clear()
            await self._arrived.wait()

    @property
    def repeats(self) -> int:
        return self.shown.total() - len(self.shown)


@asynccontextmanager
async def sink(nonce: bool, delay: float = 0.0) -> AsyncIterator[Sink]:
    it = Sink(nonce, delay)
    server = await asyncio.start_server(it.take, "127.0.0.1", 0)
    it.port = server.sockets[0].getsockname()[1]
    async with server:
        yield it


class SinkTransport:
    """Sends one line a push and waits for the answer, one push at a time."""

    platform = "test"
    parallel = 1

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, push: Push) -> None:
        await self.write(push.delivery.key)

    async def post(self, post: ChatPost) -> None:
        await self.write(post.posting.key)

    async def write(self, key: str) -> None:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(json.dumps({"key": key}).encode() + b"\n")
        await writer.drain()
        crashpoints.reach("send.during")
        if await reader.readline() != b"ok\n":
            raise ConnectionError("the platform hung up")
