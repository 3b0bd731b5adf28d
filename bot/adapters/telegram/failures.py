"""Telegram's refusals in our own words: for good or not, perhaps delivered or not, and how long to wait.

SendFailed
├── TokenRefused      the token is revoked or wrong: nothing will go any more
├── ChatMoved         the group is a supergroup now and has another id
├── ThreadGone        the forum topic was deleted
├── MarkupRefused     the words are fine, their markup is not
└── Refused           this message will not be taken as it is; another may, such as its words without the picture
"""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.engine.errors import SendFailed

GONE = (
    "bot was blocked by the user", "user is deactivated", "bot was kicked from", "bot is not a member of",
    "bot can't initiate conversation", "bot can't send messages to bots", "the group chat was deleted",
)  # fmt: skip
"""403s that stay until somebody does something. Others may pass, so they are tried again."""
LOST = (
    "chat not found", "user not found", "peer_id_invalid", "group chat was deactivated", "chat_write_forbidden",
    "not enough rights to send", "have no rights to send",
)  # fmt: skip
NO_PICTURES = (
    "rights to send photos", "rights to send documents", "rights to send media", "send_photos_forbidden",
    "send_docs_forbidden", "send_media_forbidden",
)  # fmt: skip
"""Groups that let us write, but not show."""
NEVER_LEFT = ("ClientConnectorError", "ClientConnectorDNSError", "ClientProxyConnectionError", "ConnectionTimeoutError")
"""Failures of the connection in which the request was not sent."""


class TokenRefused(SendFailed):
    """The token is revoked or wrong."""


class ChatMoved(SendFailed):
    """The group is a supergroup now."""

    def __init__(self, new_id: int) -> None:
        super().__init__(f"the chat moved to {new_id}")
        self.new_id = new_id


class ThreadGone(SendFailed):
    """The forum topic was deleted."""


class MarkupRefused(SendFailed):
    """The markup could not be read."""


class Refused(SendFailed):
    """This message will not be taken as it is."""


def failure(error: TelegramError) -> SendFailed:  # noqa: PLR0911 - one return a kind of refusal
    """What an error of the library means. The order counts: most of its errors are kinds of `NetworkError`."""
    text = error.message
    match error:
        case ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case RetryAfter():
            return SendFailed(text, retry_after=_length(error.retry_after))
        case InvalidToken():
            return TokenRefused("Telegram refused the token")
        case Forbidden():
            return SendFailed(text, permanent=_says(text, GONE))
        case BadRequest():
            return _bad_request(text)
        case TimedOut() | NetworkError():
            cause = type(error.__cause__).__name__
            doubt = error.__cause__ is not None and cause not in NEVER_LEFT
            return SendFailed(f"{text} ({cause})", in_doubt=doubt, outage=True)
    return SendFailed(text)


def _bad_request(text: str) -> SendFailed:
    if _says(text, ("can't parse entities",)):
        return MarkupRefused(text)
    if _says(text, ("message thread not found", "topic_deleted", "topic_closed")):
        return ThreadGone(text)
    lost = _says(text, LOST) and not _says(text, NO_PICTURES)
    return SendFailed(text, permanent=True) if lost else Refused(text)


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text.lower() for phrase in phrases)


def _length(value: int | timedelta) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
