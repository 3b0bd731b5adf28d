"""Link codes: what a person types on one platform to be known there as who they are on another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.tally import Allowance

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ"
"""Letters only, so that a phone's keyboard need not be switched; no vowels, so that no code is a word; no L, which
looks like other signs. Twenty of them, ten in a code: 43 bits."""
LENGTH = 10
VALID = timedelta(minutes=10)
WINDOW = timedelta(hours=1)
MADE = Allowance("link code made", 5, WINDOW)
"""Codes that an account may make, so that they are not made without end."""
WRONG = Allowance("link code wrong", 5, WINDOW)
"""Wrong codes that an account may try, so that none can be guessed."""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code as it is stored, beside its fingerprint: who made it, from which account, and when."""

    learner_id: int
    platform: str
    external_id: str
    made_at: datetime
    used: bool = False

    @property
    def expires_at(self) -> datetime:
        """The first instant at which it is worth nothing."""
        return self.made_at + VALID

    def expired(self, now: datetime) -> bool:
        """Whether it came too late."""
        return now >= self.expires_at


def new_code(below: Callable[[int], int]) -> str:
    """A code from a source of random numbers, such as `secrets.randbelow`."""
    return "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))


def grouped(code: str) -> str:
    """A code as it is shown: `KMTRW-XQBDP`."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def code_in(text: str) -> str | None:
    """The code that was typed, however it was grouped; None when the text cannot be one."""
    letters = "".join(char for char in text.upper() if char.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else None


def fingerprint(code: str) -> str:
    """What is stored in place of a code."""
    return hashlib.sha256(f"link:{code}".encode()).hexdigest()


def account_mark(platform: str, external_id: str) -> str:
    """What is stored in place of an account's name beside what is counted of it."""
    return hashlib.sha256(f"account:{platform}:{external_id}".encode()).hexdigest()
