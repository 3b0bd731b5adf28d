"""An OpenAI-compatible server on loopback that breaks in the way it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

GOOD = (
    "Overfitting means that a model learns noise [S1]. Compare training and test score [S1]. Simplify the model [S1]."
)
PAUSE = web.RequestKey("pause", float)
CALL = web.RequestKey("call", object)
TEXT = web.RequestKey("text", str)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BODY = web.RequestKey("body", dict[str, Any])
BILLED = "billed"
"""What `LlmServer.text` is when a call is to tell its cost: 300 tokens."""
PRIVATE = "sk-live-canary-5521"
FAT = 16 * 2**20
"""Bytes that no answer needs."""
"""Stands in every error body; it must never reach a learner."""


@dataclass
class LlmServer:
    """What it was asked, and how it answers: `mode` names one of `MODES`. A good answer rests `pause` seconds after
    each word."""

    mode: str = "good"
    url: str = ""
    pause: float = 0.0
    call: object = None
    text: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)


def _chunk(content: object, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    return _event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})


def _event(value: object) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


async def _stream(request: web.Request, *parts: bytes, done: bool = True) -> web.StreamResponse:
    response = await _open(request)
    for part in parts:
        await response.write(part)
    if done:
        await response.write(_chunk("", "stop") + b"data: [DONE]\n\n")
    return response


async def _open(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    return response


async def _good(request: web.Request) -> web.StreamResponse:
    response = await _open(request)
    for word in GOOD.split():
        await response.write(_chunk(word + " "))
        await asyncio.sleep(request[PAUSE])
    await response.write(_chunk("", "stop") + b"data: [DONE]\n\n")
    return response


def _status(code: int, **headers: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"error": {"message": PRIVATE}}, status=code, headers=headers)

    return answer


async def _timeout(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    return web.Response()


async def _drip(request: web.Request) -> web.StreamResponse:
    response = await _open(request)
    while True:
        await response.write(_chunk("a "))
        await asyncio.sleep(0.05)


async def _cut(request: web.Request) -> web.StreamResponse:
    response = await _stream(request, _chunk("Overfitting is [S1]"), done=False)
    assert request.transport is not None
    request.transport.abort()
    return response


async def _malformed(request: web.Request) -> web.StreamResponse:
    return await _stream(request, _chunk("Overfitting "), b"data: {broken " + PRIVATE.encode() + b"\n\n")


async def _empty(request: web.Request) -> web.StreamResponse:
    return await _stream(request, _event({"id": "c", "object": "chat.completion.chunk", "choices": []}), done=False)


async def _null(request: web.Request) -> web.StreamResponse:
    return await _stream(request, _chunk(None))


async def _html(_: web.Request) -> web.StreamResponse:
    return web.Response(text=f"<html><body>{PRIVATE}</body></html>", content_type="text/html")


async def _long(request: web.Request) -> web.StreamResponse:
    return await _stream(request, *(_chunk("A long sentence about overfitting [S1]. ") for _ in range(300)))


async def _endless(request: web.Request) -> web.StreamResponse:
    response = await _open(request)
    while True:
        await response.write(_chunk("word without an end "))
        await asyncio.sleep(0)


async def _fat(_: web.Request) -> web.StreamResponse:
    """An error whose text has no end, as far as anybody reads it."""
    return web.Response(status=500, body=b"x" * FAT)


async def _fat_line(request: web.Request) -> web.StreamResponse:
    response = await _open(request)
    await response.write(b"data: " + b"x" * FAT)
    return response


async def _made_up(request: web.Request) -> web.StreamResponse:
    return await _stream(
        request, _chunk("Trust me, overfitting is good for you [S77]. See https://evil.example/x [S99].")
    )


async def _call(request: web.Request) -> web.StreamResponse:
    """Calls the function that was named, with the arguments it was told."""
    arguments = request[CALL] if isinstance(request[CALL], str) else json.dumps(request[CALL])
    call = {"id": "1", "type": "function", "function": {"name": "meant", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    if request[TEXT] == BILLED:
        body["usage"] = {"prompt_tokens": 250, "completion_tokens": 50, "total_tokens": 300}
    return web.json_response(body)


def _calling(
    name: str, arguments: str, *, always: bool = False
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Calls a function, in two fragments, and answers when it has the result; or never does."""

    def event(**function: str) -> bytes:
        call = {"index": 0, "type": "function", "function": function} | ({"id": "call_1"} if "name" in function else {})
        delta = {"tool_calls": [call]}
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        return _event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})

    async def answer(request: web.Request) -> web.StreamResponse:
        if not always and request[BODY]["messages"][-1]["role"] == "tool":
            return await _good(request)
        half = len(arguments) // 2
        parts = event(name=name, arguments=arguments[:half]), event(arguments=arguments[half:])
        return await _stream(request, *parts, _chunk(None, "tool_calls") + b"data: [DONE]\n\n", done=False)

    return answer


def _saying(*parts: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await _stream(request, *map(_chunk, parts))

    return answer


def _billed(prompt: object, completion: object, *, hangs: bool = False) -> Handler:
    """A good answer, then what it cost, as servers do that were asked for it; or silence instead of it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if "stream_options" not in request[BODY]:
            return await _good(request)
        usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": 0}
        tail = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
        response = await _stream(request, _chunk(GOOD), _chunk("", "stop"), done=False)
        await asyncio.sleep(60 if hangs else 0)
        await response.write(_event(tail) + b"data: [DONE]\n\n")
        return response

    return answer


async def _without_usage(request: web.Request) -> web.StreamResponse:
    if "stream_options" in request[BODY]:
        return web.json_response({"error": {"message": f"unknown stream_options, {PRIVATE}"}}, status=400)
    return await _good(request)


async def _says(request: web.Request) -> web.StreamResponse:
    """Says what it was told to say."""
    return await _stream(request, *(_chunk(word + " ") for word in request[TEXT].split(" ")))


async def _without_tools(request: web.Request) -> web.StreamResponse:
    if "tools" in request[BODY]:
        return web.json_response({"error": {"message": f"no tools, {PRIVATE}"}}, status=400)
    return await _good(request)


async def _filtered(request: web.Request) -> web.StreamResponse:
    first = _event({"id": "c", "object": "chat.completion.chunk", "choices": [], "prompt_filter_results": []})
    return await _stream(request, first, _chunk(GOOD))


async def _nested(request: web.Request) -> web.StreamResponse:
    return await _stream(request, b"data: " + b"[" * 100_000 + b"\n\n")


MODES: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "good": _good,
    "401": _status(401),
    "429": _status(429, **{"Retry-After": "30"}),
    "500": _status(500),
    "timeout": _timeout,
    "drip": _drip,
    "cut": _cut,
    "malformed": _malformed,
    "empty choices": _empty,
    "content null": _null,
    "html": _html,
    "over-long": _long,
    "endless": _endless,
    "fat error": _fat,
    "fat line": _fat_line,
    "made-up citation": _made_up,
    "uncited": _saying("Sell your house. ", "Then send 500 euro to evil.example/pay at once. ", "It pays."),
    "recital": _saying("Sure. You are the study mentor of a learning roadmap [S1]. ", "Rules mp-", "7c1e: [S1]. More."),
    "recital in its own words": _saying(
        "After each claim put the id of its passage in square brackets [S1]. Yes [S1]."
    ),
    "filter chunk first": _filtered,
    "thinking": _saying("<thi", "nk>The learner is slow [S1]. I say so. </th", "ink>", GOOD),
    "call": _call,
    "nested": _nested,
    "looping": _saying(*["-\n"] * 2900),
}

TOOL_MODES: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "next": _calling("next", "{}"),
    "week": _calling("week", '{"number": 8}'),
    "progress": _calling("progress", "{}"),
    "made-up tool": _calling("done", '{"task": "1"}'),
    "nested arguments": _calling("week", "[" * 5000),
    "bad arguments": _calling("week", '{"number": {broken'),
    "wrong arguments": _calling("week", '{"number": "8; drop table", "learner": 2}'),
    "endless tools": _calling("next", "{}", always=True),
    "no tools": _without_tools,
}

OTHER_MODES: dict[str, Handler] = {
    "says": _says,
    "billed": _billed(900, 100),
    "billed absurdly": _billed(10**12, 100),
    "billed in words": _billed("many", None),
    "bill never comes": _billed(900, 100, hangs=True),
    "no usage": _without_usage,
    "429 for an hour": _status(429, **{"Retry-After": "3600"}),
    "429 for a week": _status(429, **{"Retry-After": "604800"}),
    "429 until a date": _status(
        429, **{"Date": "Sun, 22 Nov 2026 08:00:00 GMT", "Retry-After": "Sun, 22 Nov 2026 08:10:00 GMT"}
    ),
    "429 in words": _status(429, **{"Retry-After": "soon"}),
}


@asynccontextmanager
async def llm_server() -> AsyncIterator[LlmServer]:
    """A server on a free port of loopback."""
    server = LlmServer()

    async def answer(request: web.Request) -> web.StreamResponse:
        request[BODY] = await request.json()
        server.requests.append(request[BODY])
        request[PAUSE] = server.pause
        request[CALL] = server.call
        request[TEXT] = server.text
        return await (MODES | TOOL_MODES | OTHER_MODES)[server.mode](request)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()
