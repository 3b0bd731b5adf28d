"""Webhook delivery as the real server does it: ordered inside a chat, repeated until a 2xx, held up by a failure."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from typing import TYPE_CHECKING

import aiohttp

from tests.loopback.telegram.state import Json

if TYPE_CHECKING:
    from tests.loopback.telegram.server import LoopbackTelegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookSender:
    """One queue a chat (for taps: a person); the head of a queue is repeated until it is taken."""

    def __init__(self, server: LoopbackTelegram) -> None:
        self._server = server
        self._queues: dict[str, deque[Json]] = defaultdict(deque)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.statuses: list[int] = []

    def put(self, update: Json) -> None:
        key = _queue_of(update)
        self._queues[key].append(update)
        if key not in self._tasks or self._tasks[key].done():
            self._tasks[key] = asyncio.create_task(self._drain(key))

    async def _drain(self, key: str) -> None:
        async with aiohttp.ClientSession() as session:
            wait = 0.0
            while queue := self._queues[key]:
                if await self._post(session, queue[0]):
                    queue.popleft()
                    wait = 0.0
                else:
                    await asyncio.sleep(wait)
                    wait = min(max(wait * 2, 2 * self._server.webhook_seconds), 60 * self._server.webhook_seconds)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        hook = self._server.state.webhook
        headers = {SECRET_HEADER: hook["secret_token"]} if hook.get("secret_token") else {}
        try:
            async with session.post(hook["url"], json=update, headers=headers) as answer:
                self.statuses.append(answer.status)
                return 200 <= answer.status < 300
        except aiohttp.ClientError:
            return False

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def _queue_of(update: Json) -> str:
    if "callback_query" in update:
        return f"user{update['callback_query']['from']['id']}"
    body = next(value for key, value in update.items() if key != "update_id")
    return str(body["chat"]["id"])
