"""Requests read and answers written as Discord does it, and the failures that were ordered."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import BodyPartReader, web

from tests.loopback.discord.checks import Json
from tests.loopback.discord.faults import Fault


async def read(request: web.Request) -> tuple[Json | None, list[Json]]:
    """A request's JSON and files, whether sent plain or as a form."""
    if not request.content_type.startswith("multipart/"):
        return (
            await request.json() if request.can_read_body and request.content_type == "application/json" else None
        ), []
    body, files = {}, []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append({"id": str(len(files) + 1), "filename": part.filename, "size": len(content), "url": "http://x/",
                          "proxy_url": "http://x/", "_content": content})  # fmt: skip
    return body, files


async def strike(request: web.Request, fault: Fault) -> web.Response | None:
    """Let a failure happen. None when the request may go on after it."""
    if fault.hook is not None and (waiting := fault.hook()) is not None:
        await waiting
    if fault.kind == "reset":
        assert request.transport is not None
        request.transport.abort()
        return web.Response(status=499)
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "call":
        return None
    if fault.kind == "ban":
        headers = {"Retry-After": "1"}
        return web.Response(status=429, text="<html>banned</html>", content_type="text/html", headers=headers)
    status = int(fault.kind)
    body: Json = {"code": fault.code, "message": "on order"}
    headers = {}
    if status == 429:
        body |= {"retry_after": fault.seconds, "global": False}
        headers = {"Via": "1.1 google", "Retry-After": "1"}
    return answered(status, body, headers)


def answered(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only when the type is exactly this, without a charset.
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json", **(headers or {})}
    )


def public(value: Any) -> Any:
    if isinstance(value, list):
        return [public(v) for v in value]
    if isinstance(value, dict):
        return {k: public(v) for k, v in value.items() if not str(k).startswith("_")}
    return value
