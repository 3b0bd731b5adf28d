"""What the server knows: people, chats, messages, updates, scripted failures, and the limits it holds callers to."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Chat:
    """A chat and what the bot may do in it."""

    id: int
    type: str
    title: str = ""
    user_id: int = 0
    bot_in: bool = True
    bot_admin: bool = False
    creators: set[int] = field(default_factory=set)
    muted: bool = False
    blocked: bool = False
    started: bool = True
    deactivated: bool = False
    migrated_to: int = 0
    forum: bool = False
    threads: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)

    def json(self) -> Json:
        extra: Json = {"is_forum": True} if self.forum else {}
        return {"id": self.id, "type": self.type, **({"title": self.title} if self.title else {}), **extra}


@dataclass
class Fault:
    """One scripted misbehaviour: for which method (and chat), how often, and what happens.

    `error` answers at once; `after` lets the call take effect first; `delay` waits before answering;
    `cut` closes the connection instead of answering.
    """

    method: str
    error: ApiError | None = None
    times: int = 1
    chat_id: int | None = None
    delay: float = 0.0
    cut: bool = False
    after: bool = False

    def fits(self, method: str, params: Mapping[str, Any]) -> bool:
        here = self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
        return self.times > 0 and self.method.lower() == method.lower() and here


@dataclass(frozen=True)
class Call:
    """One request as it came in."""

    method: str
    params: Json
    files: tuple[str, ...]
    at: float
    status: int = 200


@dataclass
class Limits:
    """The flood limits: none unless a test sets them. Strict sliding windows."""

    overall: int = 0
    per_group: int = 0
    per_chat: int = 0
    _sent: deque[tuple[float, int]] = field(default_factory=deque)

    def check(self, chat_id: int) -> None:
        now = time.monotonic()
        while self._sent and self._sent[0][0] <= now - 60:
            self._sent.popleft()
        second = [c for at, c in self._sent if at > now - 1] if self.overall or self.per_chat else []
        minute = sum(c == chat_id for _, c in self._sent) if self.per_group and chat_id < 0 else 0
        if self.overall and len(second) >= self.overall:
            raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        if self.per_chat and second.count(chat_id) >= self.per_chat:
            raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        if self.per_group and chat_id < 0 and minute >= self.per_group:
            raise ApiError(429, "Too Many Requests: retry after 30", retry_after=30)
        self._sent.append((now, chat_id))


@dataclass
class State:
    """Everything behind one bot token."""

    token: str
    bot: Json
    chats: dict[int, Chat] = field(default_factory=dict)
    users: dict[int, Json] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    callbacks: dict[str, float] = field(default_factory=dict)
    answers: list[Json] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    webhook: Json = field(default_factory=lambda: {"url": ""})
    allowed: list[str] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    revoked: bool = False
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1000))
    update_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(501))

    def chat(self, chat_id: object) -> Chat:
        """A chat by its id. Raises `ApiError`."""
        try:
            return self.chats[int(str(chat_id))]
        except (KeyError, ValueError):
            raise ApiError(400, "Bad Request: chat not found") from None

    def fault(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The scripted misbehaviour for a call, used up by one."""
        found = next((f for f in self.faults if f.fits(method, params)), None)
        if found:
            found.times -= 1
        return found
