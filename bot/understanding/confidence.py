"""How sure the reader is, measured: a chance of 0.8 is right four times in five."""

from __future__ import annotations

from bisect import bisect_right

CURVE: tuple[tuple[float, float], ...] = (
    (0.0, 0.0), (0.2, 0.4), (0.4, 0.7), (0.6, 0.83), (0.8, 0.94), (0.95, 0.985), (1.0, 0.995)
)  # fmt: skip
"""The classifier's chance and how often it was right at that chance, on the tuning half of the evaluation."""

ENOUGH_TO_ACT = 0.75
ENOUGH_TO_SHOW = 0.55


def calibrated(chance: float) -> float:
    """How often an answer given with this chance is right."""
    at = min(bisect_right([raw for raw, _ in CURVE], chance), len(CURVE) - 1)
    (low, right_low), (high, right_high) = CURVE[at - 1], CURVE[at]
    return round(right_low + (right_high - right_low) * (chance - low) / (high - low), 3)
