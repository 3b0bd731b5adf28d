"""Invite codes: forty bits in letters and digits that nobody mixes up."""

from __future__ import annotations

import secrets
from datetime import timedelta

from bot.domain.tally import Allowance

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U."""
LENGTH = 8
WRONG = Allowance("invite wrong", 5, timedelta(hours=1))
"""Wrong codes an account may try; the next one is refused unread."""
_MEANT = str.maketrans("ILO", "110")


def new_code() -> str:
    """A fresh code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(said: str) -> str:
    """A code as it was typed, dashes and lower case forgiven; "" when it cannot be one."""
    made = "".join(char for char in said.upper() if char.isalnum()).translate(_MEANT)
    return made if len(made) == LENGTH and all(char in ALPHABET for char in made) else ""
