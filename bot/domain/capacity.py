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
AT_ONCE = {"telegram": 1, "telegram, paid broadcast": 64, "discord": 16}
"""Messages on their way at once: what is set by default, and for the paid broadcast the most that can be."""


@dataclass(frozen=True, slots=True)
class Load:
    """One platform's push: how long it takes when all fall due at one instant, and over how many instants to spread
    them (a quarter of an hour apart) so that nobody waits longer than that."""

    platform: str
    rate: float
    lasts: timedelta
    spread: int


def loads(learners: int, round_trip: float) -> list[Load]:
    """What a push to so many learners asks of each platform that answers within so many seconds."""
    rates = {name: min(limit * USED, AT_ONCE[name] / round_trip) for name, limit in LIMITS.items()}
    return [_load(platform, rate, learners) for platform, rate in rates.items()]


def _load(platform: str, rate: float, learners: int) -> Load:
    return Load(
        platform,
        rate,
        timedelta(seconds=ceil(learners / rate)),
        max(1, ceil(learners / (rate * PUNCTUAL.total_seconds()))),
    )
