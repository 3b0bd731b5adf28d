"""A Discord on loopback: `async with LoopbackDiscord() as discord`, then `discord.person("Ada")`."""

from __future__ import annotations

import asyncio
from typing import Self

from aiohttp import web

from tests.loopback.discord.faults import Faults
from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.interactions import Interactions
from tests.loopback.discord.limits import Limits
from tests.loopback.discord.people import Person
from tests.loopback.discord.rest import PREFIX, Rest, Sent
from tests.loopback.discord.world import World


class LoopbackDiscord:
    """REST and gateway on a free port, or on a given one so that it can go away and come back."""

    def __init__(self, port: int = 0) -> None:
        self.world = World()
        self.interactions = Interactions(self.world)
        self.faults = Faults()
        self.limits = Limits(bucket_limit=1000)
        self.rest = Rest(self.world, self.interactions, self.faults, self.limits)
        self.gateway = Gateway(self.world)
        self.port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to serve."""
        app = web.Application(client_max_size=26 << 20)
        sockets = [web.get(path, self.gateway.serve) for path in ("/gateway", "/gateway/")]
        app.add_routes([*sockets, *self.rest.routes()])
        self._runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = self.rest.gateway_url = self.gateway_url

    async def stop(self) -> None:
        """Serve no more."""
        await self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """For `MILEPOST_DISCORD_API_URL`."""
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """For `MILEPOST_DISCORD_GATEWAY_URL`."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    def person(self, name: str) -> Person:
        """Somebody new with an account."""
        return Person(self.world.add_user(name), self.world, self.gateway, self.interactions)

    def sent(self, method: str, part: str) -> list[Sent]:
        """The requests of a method whose path has a part in it."""
        return [sent for sent in self.rest.sent if sent.method == method and part in sent.path]

    async def bot_ready(self, seconds: float = 10) -> None:
        """Wait until a bot has identified."""
        await asyncio.wait_for(self.gateway.ready.wait(), seconds)
