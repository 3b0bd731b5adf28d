"""How long a push to everybody takes at the platforms' limits, and how far to spread it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

USED = 0.975
"""The share of a limit that pushes use: the rest is left to answers and to uneven arrival."""
PUNCTUAL = timedelta(minutes=15)
"""A push that comes this long after its hour still feels punctual."""
LIMITS = {"telegram": 30, "telegram, paid broadcast": 1000, "discord": 45}
"""Messages a second."""


@dataclass(frozen=True, slots=True)
class Load:
    """One platform's push: how long it takes when all fall due at one instant, and over how many instants to spread
    them (a quarter of an hour apart) so that nobody waits longer than that."""

    platform: str
    rate: float
    lasts: timedelta
    spread: int


def loads(learners: int) -> list[Load]:
    """What a push to so many learners asks of each platform."""
    return [_load(platform, limit * USED, learners) for platform, limit in LIMITS.items()]


def _load(platform: str, rate: float, learners: int) -> Load:
    return Load(
        platform,
        rate,
        timedelta(seconds=ceil(learners / rate)),
        max(1, ceil(learners / (rate * PUNCTUAL.total_seconds()))),
    )
