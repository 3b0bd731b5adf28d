"""A clock line sends all that falls due up to its instant, also where one plan's push is there already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.adapters.bridge.bridge import time_traveller
from bot.domain.change import Change, EnrollmentChange
from tests.talk import Talk


async def owe_again(talk: Talk, day: date, at: datetime) -> None:
    """Make a push due whose key is in the outbox already, as a database of an older program may have it."""
    async with talk.app.store.work() as work:
        ada = await work.learner_of("test", "ada")
        assert ada is not None
        plan = await work.current_enrollment(ada.id)
        assert plan is not None
        again = replace(plan, next_push_on=day, next_push_at=at)
        await work.apply(Change("settings", enrollments=(EnrollmentChange(plan, again),)), talk.clock.now())


async def test_a_push_that_went_out_before_does_not_hold_up_the_later_ones(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=7, hours=1)
    await owe_again(talk, date(2026, 12, 7), talk.clock.now() + timedelta(hours=1))
    await time_traveller(talk.clock, talk.pushes)(datetime.fromisoformat("2026-12-28T12:00:00Z"))
    assert [f"{push.delivery.local_date:%d %b}" for push in talk.mailbox.pushes] == [
        "07 Dec",
        "14 Dec",
        "21 Dec",
        "28 Dec",
    ]


async def test_a_clock_line_moves_on_to_its_instant_where_nothing_is_due(talk: Talk) -> None:
    until = datetime.fromisoformat("2027-01-01T00:00:00Z")
    await time_traveller(talk.clock, talk.pushes)(until)
    assert talk.clock.now() == until
