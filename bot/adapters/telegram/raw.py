"""What has to be known of an update before it is kept, read without trust: one of a shape that nobody foresaw must
never hold up the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLATFORM = "telegram"
TOO_MANY = "milepost_too_many"
"""Marks the first update of a sender who says too much at once."""
ALLOWED = ("message", "callback_query", "my_chat_member")
"""The kinds of update that we ask for."""
LAST_SECOND = 253_402_300_800
"""Where years have more than four digits."""


def chat_of(update: Mapping[str, Any]) -> str:
    """The chat an update belongs to, whose updates are taken in order; "" for one that belongs to none."""
    body = _body(update)
    holder = _mapping(body.get("message")) or body
    return _id(holder.get("chat")) or _id(body.get("from"))


def sender_of(update: Mapping[str, Any]) -> str:
    """Who caused an update; "" when that is not told. Whoever writes as a group or channel is that."""
    body = _body(update)
    return _id(body.get("sender_chat")) or _id(body.get("from"))


def is_talk_of_others(update: Mapping[str, Any]) -> bool:
    """Whether a message in a group is surely not meant for us, which a bot that hears all of a group is sent as well:
    no command, no name in it, no answer to a bot, no news of the group itself."""
    message = _mapping(update.get("message"))
    if not message or _mapping(message.get("chat")).get("type") == "private" or message.get("migrate_to_chat_id"):
        return False
    words = f"{message.get('text') or ''}{message.get('caption') or ''}"
    replied = _mapping(_mapping(message.get("reply_to_message")).get("from"))
    named = "@" in words or "text_mention" in f"{message.get('entities')}{message.get('caption_entities')}"
    return not (words.startswith("/") or named or replied.get("is_bot"))


def said_at(update: Mapping[str, Any], now: float) -> float:
    """When a message was said, in seconds; now for whatever has no time of its own."""
    at = _body(update).get("date")
    return float(at) if isinstance(at, int) and 0 < at < LAST_SECOND else now


def _body(update: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((found for kind in ALLOWED if (found := _mapping(update.get(kind)))), {})


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(holder: object) -> str:
    number = _mapping(holder).get("id")
    return str(number) if isinstance(number, int) and number else ""
