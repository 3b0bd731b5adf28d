"""The bridge's lines: JSON in, JSON out. See docs/bridge.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.message import Button, ChannelRef, ChatKind, Message, Rendered, Sender
from bot.domain.text import clean

PLATFORM = "bridge"
ANYBODY = ""
"""Whose a button is that everybody in a chat may press."""
MAX_LINE = 256 * 1024
MAX_ID = 64
Json = dict[str, Any]


class BadRequest(Exception):
    """A line that cannot be taken. `request_id` is the id it bears, if any could be read."""

    def __init__(self, message: str, request_id: str = "", code: str = "bad_request") -> None:
        super().__init__(message)
        self.request_id = request_id
        self.code = code


@dataclass(frozen=True, slots=True)
class Request:
    """One line in: its type, its id, and the rest."""

    type: str
    id: str
    body: Json

    def _at(self, path: Sequence[str]) -> Any:
        value: Any = self.body
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, *path: str, required: bool = True) -> str:
        """A string in the body. Raises `BadRequest`."""
        value = self._at(path)
        if value is None and not required:
            return ""
        if not isinstance(value, str):
            raise BadRequest(f"{'.'.join(path)} must be text", self.id)
        return value

    def ident(self, *path: str) -> str:
        """An id in the body, which comes back letter for letter; a whole number will do. Raises `BadRequest`."""
        found = self._at(path)
        value = str(found) if isinstance(found, int) and not isinstance(found, bool) else self.text(*path)
        if not _is_ident(value):
            raise BadRequest(f"{'.'.join(path)} must be 1 to {MAX_ID} characters, none of them a control", self.id)
        return value


def _is_ident(value: str) -> bool:
    return value != "" and clean(value, MAX_ID) == value


def parse(line: str) -> Request:
    """One line as a request. Raises `BadRequest`."""
    if len(line) > MAX_LINE:
        raise BadRequest(f"the line is longer than {MAX_LINE} characters")
    try:
        body = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRequest("the line is not JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("the line is not a JSON object")
    request_id = Request("", "", body).ident("id")
    if body.get("type") not in TYPES:
        raise BadRequest(f"type must be one of {', '.join(TYPES)}", request_id)
    return Request(str(body["type"]), request_id, body)


TYPES = ("message", "press", "clock", "quit")


def message(request: Request, now: datetime, event_id: str, action: str = "") -> Message:
    """What a `message` or `press` line says. Raises `BadRequest`."""
    kind = request.text("chat", "kind", required=False) or "direct"
    if kind not in set(ChatKind):
        raise BadRequest('chat.kind must be "direct" or "group"', request.id)
    channel = ChannelRef(
        PLATFORM, request.ident("chat", "id"), ChatKind(kind), request.text("chat", "name", required=False)
    )  # fmt: skip
    sender = Sender(
        request.ident("user", "id"), request.text("user", "name", required=False),
        request.text("user", "locale", required=False),
    )  # fmt: skip
    text = request.text("text") if request.type == "message" else ""
    mentioned = request.body.get("mentioned") is True
    return Message(PLATFORM, event_id, sender, channel, now, text, action, mentioned)


def instant(request: Request) -> datetime:
    """The time in a `clock` line. Raises `BadRequest`."""
    return parse_instant(request.text("at"), request.id)


def parse_instant(text: str, request_id: str = "") -> datetime:
    """An ISO 8601 instant with its offset. Raises `BadRequest`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"{text!r} is no time such as 2026-12-07T09:00:00Z", request_id) from error
    if at.tzinfo is None:
        raise BadRequest(f"{text!r} has no offset; write it like 2026-12-07T09:00:00Z", request_id)
    return at.astimezone(UTC)


def button_id(user: str, action: str) -> str:
    """The id of a button: whose it is, and what it does. It is good for ever, also after a restart."""
    return f"{user}|{action}"


def shown(rendered: Rendered, user: str) -> Json:
    """What every line with words carries."""
    return {
        "template": rendered.template,
        "text": rendered.text,
        "buttons": [[_button(button, user) for button in row] for row in rendered.buttons],
        "images": [{"alt": image.alt, "path": image.path} for image in rendered.images],
    }


def _button(button: Button, user: str) -> Mapping[str, str]:
    return {"id": button_id(user, button.action), "label": button.label}


def stamp(at: datetime) -> str:
    """An instant as the bridge writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def line(body: Json) -> str:
    """One line out."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
