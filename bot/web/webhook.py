"""A platform's updates delivered to us: the secret first, then the size, and a 200 only when they are on disk."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

log = logging.getLogger(__name__)

LARGEST = 2**20
Receive = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class Webhook:
    """An endpoint that knows its caller by a secret in a header."""

    def __init__(self, header: str, secret: str, receive: Receive) -> None:
        self._header = header
        self._secret = secret.encode()
        self._receive = receive

    async def answer(self, request: Request) -> Response:
        """Take one update in. The answer is all that the platform learns from us."""
        given = request.headers.get(self._header, "").encode("latin-1")
        if not secrets.compare_digest(given, self._secret):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        return Response(status_code=await self._take(body))

    async def _take(self, body: bytes) -> int:
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(update, dict):
            return 400
        try:
            await self._receive([update])
        except Exception:
            log.exception("an update could not be put into the inbox; it will be delivered again")
            return 503
        return 200


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is larger than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
