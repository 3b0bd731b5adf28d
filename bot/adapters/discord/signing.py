"""Custom ids that nobody can forge: `m1|<owner>|<tag>|<place>|<action>`; the tag vouches for the rest."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

VERSION = "m1"
ANYBODY = "0"
TAG_BYTES = 8
LIMIT = 100


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a genuine custom id says: whose it is ("0": anybody's), and what it does."""

    owner: str
    action: str

    def belongs_to(self, user: str) -> bool:
        """Whether this account may press it."""
        return self.owner in {user, ANYBODY}


class Signer:
    """Signs and reads custom ids with a key made from the bot's token, so that buttons outlive a restart."""

    def __init__(self, token: str) -> None:
        self._key = hmac.digest(token.encode(), b"milepost discord buttons", sha256)

    def sign(self, owner: str, action: str, place: int = 0) -> str:
        """The custom id of something that `owner` may press. `place` sets equal ones in one message apart."""
        made = f"{VERSION}|{owner}|{self._tag(owner, str(place), action)}|{place}|{action}"
        if len(made) > LIMIT:
            raise ValueError(f"a button's action is too long for Discord: {action!r}")
        return made

    def read(self, custom_id: str) -> Pressed | None:
        """What a custom id says; None when it was tampered with, or signed with another token."""
        parts = custom_id.split("|", 4)
        if len(parts) != 5 or parts[0] != VERSION:
            return None
        _, owner, tag, place, action = parts
        genuine = hmac.compare_digest(self._tag(owner, place, action).encode(), tag.encode())
        return Pressed(owner, action) if genuine else None

    def _tag(self, *signed: str) -> str:
        digest = hmac.digest(self._key, "\n".join(signed).encode(), sha256)
        return urlsafe_b64encode(digest[:TAG_BYTES]).decode().rstrip("=")


def nonce(what: str, part: int) -> str:
    """A short name for one message of an answer or a push: the same after a crash, so Discord sends it once."""
    return urlsafe_b64encode(sha256(f"{what}/{part}".encode()).digest()[:15]).decode()
