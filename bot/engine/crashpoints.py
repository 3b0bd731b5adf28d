"""Named places on the way of a message at which a test can kill the process, as `kill -9` or a power cut would.

`MILEPOST_CRASH_AT=send.after` kills at the first arrival there, `send.after:3` at the third. Without it a place costs
one comparison.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "plan.read", "plan.written", "plan.committed", "claim.written", "claim.committed", "send.before", "send.during",
    "send.after", "settle.written", "settle.committed", "work.open", "work.committed", "inbox.written",
    "inbox.committed", "inbox.answered",
)  # fmt: skip
"""In the order in which a push, and then a message that came in, gets to them."""

_WANTED, _, _count = os.environ.get("MILEPOST_CRASH_AT", "").partition(":")
_left = int(_count or 1)


def reach(point: str) -> None:
    """Die here, if this is the place that was asked for."""
    global _left  # noqa: PLW0603 - a count of the whole process
    if point != _WANTED:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
