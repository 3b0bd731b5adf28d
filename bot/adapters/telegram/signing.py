"""Buttons that nobody can forge: `v1.<action>.<tag>`, where the tag vouches for the action and for whose it is."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

VERSION = "v1"
ANYBODY = ""
"""Whose a button is that everybody in a chat may tap."""
TAG_BYTES = 8
LIMIT = 64


class Signer:
    """Signs and reads callback data with a key made from the bot's token, so that buttons outlive a restart."""

    def __init__(self, token: str) -> None:
        self._key = derived(token, "buttons")

    def sign(self, owner: str, action: str) -> str:
        """Callback data for a button that only `owner` may tap. An empty owner means anybody."""
        data = f"{VERSION}.{action}.{self._tag(owner, action)}"
        if len(data.encode()) > LIMIT:
            raise ValueError(f"a button's action is too long for Telegram: {action!r}")
        return data

    def action(self, data: str, tapper: str) -> str | None:
        """What a tapped button does; None when it is not the tapper's, was tampered with, or is of another bot."""
        head, _, tag = data.rpartition(".")
        version, _, action = head.partition(".")
        if version != VERSION:
            return None
        mine, anybodys = self._tag(tapper, action), self._tag(ANYBODY, action)
        good = hmac.compare_digest(mine.encode(), tag.encode()) | hmac.compare_digest(anybodys.encode(), tag.encode())
        return action if good else None

    def _tag(self, owner: str, action: str) -> str:
        digest = hmac.digest(self._key, f"{owner}\n{action}".encode(), sha256)
        return urlsafe_b64encode(digest[:TAG_BYTES]).decode().rstrip("=")


def derived(token: str, purpose: str) -> bytes:
    """A key of its own for each purpose."""
    return hmac.digest(token.encode(), f"milepost {purpose}".encode(), sha256)
