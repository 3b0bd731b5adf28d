"""milepost demo"""

from __future__ import annotations


def demo() -> None:
    """Watch a learner's nine months in under a minute, on the real engine."""
    raise NotImplementedError
