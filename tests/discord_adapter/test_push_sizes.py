"""A push is one message: a second one could be lost, or come twice, by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pytest

from bot.adapters.discord.parts import parts as discord_parts
from bot.adapters.telegram.parts import parts as telegram_parts
from bot.app import App, assembled
from bot.clock import ManualClock
from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.enrollment import Enrollment
from bot.domain.learner import Learner, Preferences
from bot.domain.message import Rendered
from bot.engine.views import push_reply
from bot.settings import Settings
from bot.storage.memory import MemoryStore
from bot.storage.memory_inbox import MemoryInbox
from bot.storage.memory_outbox import MemoryOutbox
from tests.talk import MONDAY_MORNING

LONGEST_NAME = "W" * 64
FARTHEST = "America/Argentina/ComodRivadavia"


@lru_cache(maxsize=1)
def app() -> App:
    store = MemoryStore()
    return assembled(Settings(), ManualClock(MONDAY_MORNING), store, MemoryOutbox(store), MemoryInbox(store))


def pushes(roadmap_id: str, kind: DeliveryKind, hours: float) -> Iterator[tuple[int, Rendered]]:
    """What is pushed in each week of a roadmap to somebody with a long name who did nothing yet."""
    roadmap = app().catalog.roadmap(roadmap_id)
    monday = MONDAY_MORNING.date()
    learner = Learner(1, LONGEST_NAME, MONDAY_MORNING, Preferences(zone=FARTHEST))
    start = Enrollment(1, 1, roadmap_id, monday, hours, 1, monday)
    for number in range(roadmap.length):
        on, now = monday + timedelta(weeks=number), MONDAY_MORNING + timedelta(weeks=number, days=2)
        plan = replace(start, next_push_at=now + timedelta(weeks=1))
        due = Delivery(1, 1, 1, kind, on, now - timedelta(days=2), now, now + timedelta(weeks=1), missed=5)
        yield number + 1, app().renderer.render(push_reply(due, learner, plan, roadmap, now), learner.preferences)


@pytest.mark.parametrize("kind", [DeliveryKind.WEEKLY, DeliveryKind.NUDGE, DeliveryKind.CHECKIN])
@pytest.mark.parametrize("roadmap_id", ["ml-engineer-40", "full-stack-ml-36"])
def test_no_push_of_a_roadmap_that_ships_takes_a_second_message(roadmap_id: str, kind: DeliveryKind) -> None:
    roadmap = app().catalog.roadmap(roadmap_id)
    made = [each for hours in (roadmap.hours_low, roadmap.hours_high) for each in pushes(roadmap_id, kind, hours)]
    assert len(made) == 2 * roadmap.length
    on_telegram = {week: len(telegram_parts(reply, lambda action: f"v1.{action}.x")) for week, reply in made}
    on_discord = {week: len(discord_parts(reply, "1")) for week, reply in made}
    assert {week: count for week, count in on_telegram.items() if count != 1} == {}
    assert {week: count for week, count in on_discord.items() if count != 1} == {}
