"""Serves the site inside our own event loop, and leaves signals to us."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.domain.errors import MilepostError

log = logging.getLogger(__name__)


class PortTaken(MilepostError):
    """The web port cannot be opened."""


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave SIGTERM and SIGINT alone: whoever started us stops everything together."""
        yield


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serve until the block ends. Gives the port, which matters when 0 was asked for. Raises `PortTaken`."""
    listener = _listen(host, port)
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve([listener]))
    chosen = int(listener.getsockname()[1])
    log.info("web on http://%s:%d", host, chosen)
    try:
        yield chosen
    finally:
        server.should_exit = True
        await task
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be opened: {error.strerror}. Choose another with MILEPOST_WEB_PORT."
        ) from error
    return listener
