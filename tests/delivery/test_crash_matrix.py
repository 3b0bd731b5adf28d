"""`kill -9` at every named place, over a platform that knows a repeat by its nonce and one that does not.

`MILEPOST_CRASH_ARRIVALS=3` (what `make crash-matrix` sets) dies at the first, second and third arrival at each place.
"""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from bot.delivery.dispatcher import LEASE
from bot.engine.crashpoints import POINTS
from tests.delivery.conftest import LEARNERS, Databases, Nursery
from tests.delivery.people import NOW
from tests.delivery.sink import sink

pytestmark = pytest.mark.long

ARRIVALS = range(1, int(os.environ.get("MILEPOST_CRASH_ARRIVALS", "1")) + 1)
IN_DOUBT = {"send.during", "send.after", "settle.written", "inbox.answered"}
"""Between the platform's taking a message and our noting that it did: the one window without a nonce."""
ONCE = {"plan.read", "plan.written", "plan.committed", "claim.written", "claim.committed"}
"""Places that a small push passes only once."""
PUSHING = [(p, n) for p in POINTS if not p.startswith(("work", "inbox")) for n in ARRIVALS if n == 1 or p not in ONCE]
ANSWERING = [p for p in POINTS if p.startswith(("work", "inbox", "send.during"))]


@pytest.mark.parametrize("nonce", [True, False], ids=["nonce", "no-nonce"])
async def test_a_push_killed_anywhere_is_neither_lost_nor_sent_twice(
    nursery: Nursery, databases: Databases, nonce: bool
) -> None:
    for point, arrival in PUSHING:
        where = f"{point}:{arrival}"
        async with sink(nonce) as platform:
            job = {"do": "push", "url": await databases.copy(), "port": platform.port}
            assert await nursery.run({**job, "at": NOW.isoformat(), "crash_at": where}) == [-signal.SIGKILL], where
            assert await nursery.run({**job, "at": (NOW + LEASE + timedelta(seconds=1)).isoformat()}) == [0], where
            assert len(platform.shown) == LEARNERS, where
            assert platform.repeats <= (0 if nonce or point not in IN_DOUBT else 1), where


@pytest.mark.parametrize("nonce", [True, False], ids=["nonce", "no-nonce"])
async def test_a_message_is_answered_although_the_process_is_killed_anywhere(
    nursery: Nursery, databases: Databases, nonce: bool
) -> None:
    for point in ANSWERING:
        async with sink(nonce) as platform:
            job = {"do": "answer", "url": await databases.copy(), "port": platform.port, "at": NOW.isoformat()}
            assert await nursery.run({**job, "crash_at": point}) == [-signal.SIGKILL], point
            assert await nursery.run(job) == [0], point
            assert platform.shown.total() >= 1, point
            assert platform.repeats <= (0 if nonce or point not in IN_DOUBT else 1), point
