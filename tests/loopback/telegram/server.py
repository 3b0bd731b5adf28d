"""A Bot API server on loopback that behaves as documented: small, strict, and scriptable from tests."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web

from tests.loopback.telegram.methods import METHODS
from tests.loopback.telegram.spec import checker
from tests.loopback.telegram.state import ApiError, Call, Fault, Json, State
from tests.loopback.telegram.webhooks import WebhookSender

TOKEN = "123456:TEST-canary-token-AAAAAAAAAAAAAAAAAAAAAA"
BOT: Json = {
    "id": 123456, "is_bot": True, "first_name": "Milepost", "username": "milepost_test_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False,
}  # fmt: skip
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
NUMBERS = ("offset", "limit", "timeout")


class LoopbackTelegram:
    """The server. Tests read `state` and push updates with `add`; see `people` for what users can do."""

    def __init__(self, token: str = TOKEN) -> None:
        self.state = State(token, dict(BOT))
        self.url = ""
        self.webhook_seconds = 0.02  # the unit of the retry back-off; it is one second outside tests
        self._changed = asyncio.Condition()
        self._poller = 0
        self._lapsed = False
        self.webhooks = WebhookSender(self)

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[LoopbackTelegram]:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.02)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await self.webhooks.close()
            await runner.cleanup()

    async def add(self, **body: Any) -> Json:
        """A new update, on its way to whoever listens."""
        kind = next(iter(body))
        update = {"update_id": next(self.state.update_ids), **body}
        if self.state.allowed and kind not in self.state.allowed:
            return update
        if self.state.webhook["url"]:
            self.webhooks.put(update)
        else:
            self.state.updates.append(update)
        async with self._changed:
            self._changed.notify_all()
        return update

    async def again(self, update: Json) -> None:
        """Deliver an update once more under its own id."""
        if self.state.webhook["url"]:
            self.webhooks.put(update)
        else:
            self.state.updates.insert(0, update)
        async with self._changed:
            self._changed.notify_all()

    def fail(self, method: str, code: int = 0, text: str = "", **options: Any) -> Fault:
        """Script a misbehaviour of a method; see `Fault`. `retry_after` and such go into the answer."""
        names = {"times", "chat_id", "delay", "cut", "after"}
        fault = Fault(method, **{k: v for k, v in options.items() if k in names})
        if code:
            fault.error = ApiError(code, text, **{k: v for k, v in options.items() if k not in names})
        self.state.faults.append(fault)
        return fault

    def calls(self, method: str) -> list[Call]:
        """What was asked of one method, in order."""
        return [call for call in self.state.calls if call.method.lower() == method.lower()]

    async def until(self, condition: Any, seconds: float = 8.0, what: str = "") -> None:
        """Wait until something holds; a test fails when it does not come."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                last = [(c.method, c.status, str(c.params)[:160]) for c in self.state.calls[-6:]]
                raise AssertionError(f"waited {seconds} s for {what or condition}; last calls: {last}")
            await asyncio.sleep(0.005)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, files = await _parameters(request)
        at = time.monotonic()
        self.state.problems += checker()(method, params, list(files))
        fault = self.state.fault(method, params)
        try:
            if fault and not fault.after:
                await self._misbehave(fault, request)
                if fault.cut:
                    return web.Response()  # never arrives, and neither did the request
            result = await self._run(request.match_info["token"], method, params, files)
            if fault and fault.after:
                await self._misbehave(fault, request)
            answer, status = {"ok": True, "result": result}, 200
        except ApiError as error:
            status = error.code
            answer = {"ok": False, "error_code": error.code, "description": error.description}
            answer |= {"parameters": error.parameters} if error.parameters else {}
        self.state.calls.append(Call(method, params, tuple(files), at, status))
        return web.json_response(answer, status=status)

    async def _misbehave(self, fault: Fault, request: web.Request) -> None:
        await asyncio.sleep(fault.delay)
        if fault.cut and request.transport:
            request.transport.close()
        if fault.error:
            raise fault.error

    async def _run(self, token: str, method: str, params: Json, files: Mapping[str, tuple[str, bytes]]) -> Any:
        if token != self.state.token or self.state.revoked:
            raise ApiError(401, "Unauthorized")
        match method.lower():
            case "getupdates":
                return await self._updates(params)
            case "setwebhook":
                return await self._set_webhook(params)
            case "deletewebhook":
                return await self._set_webhook({})
        if method.lower() not in METHODS:
            raise ApiError(404, "Not Found")
        return METHODS[method.lower()](self.state, params, files)

    async def _set_webhook(self, params: Json) -> bool:
        self.state.webhook = {"url": "", **params}
        self._allow(params)
        waiting, self.state.updates = self.state.updates, []
        for update in waiting:
            await self.again(update)
        return True

    def _allow(self, params: Json) -> None:
        if "allowed_updates" in params:
            self.state.allowed = json.loads(params["allowed_updates"])

    async def _updates(self, params: Json) -> list[Json]:
        if self.state.webhook["url"]:
            raise ApiError(409, WEBHOOK_SET)
        self._allow(params)
        offset, limit, seconds = (int(params.get(name) or 0) for name in NUMBERS)
        self.state.updates = [u for u in self.state.updates if not offset or u["update_id"] >= offset]
        self._poller += 1
        mine = self._poller
        async with self._changed:
            self._changed.notify_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait_for(lambda: self._stirred(mine)), seconds)
        if self.state.revoked:
            raise ApiError(401, "Unauthorized")
        if self._poller != mine:
            raise ApiError(409, OTHER_POLLER)
        return self.state.updates[: limit or 100]

    def _stirred(self, poller: int) -> bool:
        """Whether a long poll has anything to return for."""
        return bool(self.state.updates) or self._poller != poller or self.state.revoked or self._lapsed

    async def lapse(self) -> None:
        """Let the running long poll end with nothing, as one does after its time."""
        async with self._changed:
            self._lapsed = True
            self._changed.notify_all()
        await asyncio.sleep(0.05)
        self._lapsed = False

    async def revoke(self) -> None:
        """Take the token back, as BotFather's /revoke does."""
        self.state.revoked = True
        async with self._changed:
            self._changed.notify_all()


async def _parameters(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """Form fields (JSON inside them is left as text, but for numbers and flags), and uploaded files."""
    params: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        return params | await request.json(), files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            params[name] = value
    return params, files
