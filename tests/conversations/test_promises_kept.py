"""What an answer promises comes, and nothing comes that was not promised, whatever is said in between."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import DeliveryKind
from tests.talk import Talk

ZONES = ("Tokyo", "Los Angeles", "Berlin", "Auckland", "Honolulu", "Kolkata", "London")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOVES = (
    *(f"zone {zone}" for zone in ZONES), *(f"at {day}" for day in DAYS), "at 07:30", "at 15:00", "at 20:00", "redate",
    "undo", "undo", "done 1", "hours 6", "hours 12", "quiet 21:00 08:00", "quiet off", "skip", "behind",
)  # fmt: skip


async def promised(talk: Talk) -> datetime | None:
    """When the plan says that its next push comes."""
    async with talk.app.store.work() as work:
        ada = await work.learner_of("test", "ada")
        plan = await work.current_enrollment(ada.id) if ada else None
    return plan.next_push_at if plan else None


def plans_sent(talk: Talk) -> list[datetime]:
    kinds = (DeliveryKind.WEEKLY, DeliveryKind.CHECKIN)
    return [push.delivery.due_at for push in talk.mailbox.pushes if push.delivery.kind in kinds]


@pytest.mark.parametrize("seed", range(8))
async def test_every_push_comes_when_it_was_promised_and_no_other_does(talk: Talk, seed: int) -> None:
    chance = random.Random(seed)
    await talk.enroll("ml-engineer-40", zone=chance.choice(ZONES))
    for _ in range(25):
        await talk.say(chance.choice(MOVES))
        at, before = await promised(talk), plans_sent(talk)
        assert at is not None
        wait = timedelta(hours=chance.choice((1, 5, 30, 100)))
        arrives = at <= talk.clock.now() + wait
        await talk.wait(seconds=wait.total_seconds())
        assert plans_sent(talk)[len(before) :][:1] == ([at] if arrives else [])


@pytest.mark.parametrize("seed", range(8))
async def test_a_year_of_changed_minds_leaves_no_date_with_two_plans(talk: Talk, seed: int) -> None:
    chance = random.Random(100 + seed)
    await talk.enroll("ml-engineer-40", zone="Tokyo")
    for _ in range(25):
        await talk.say(chance.choice((*MOVES, "pause", "resume", "resume")))
        await talk.wait(hours=chance.choice((1, 8, 60, 170)))
    dates = [push.delivery.local_date for push in talk.mailbox.pushes if push.delivery.kind is DeliveryKind.WEEKLY]
    assert dates == sorted(set(dates))


async def test_clocks_put_back_over_the_days_push_promise_the_next_weeks(talk: Talk) -> None:
    await talk.say("begin ml-engineer-40 12 2026-12-07")
    await talk.say("zone Tokyo")
    assert len(await talk.wait(days=6, hours=17)) == 1
    assert "Next plan: Mon 14 Dec" in await talk.say("zone Los Angeles")
    assert await talk.wait(days=6) == []
    assert len(await talk.wait(days=2)) == 1


async def test_dates_moved_after_clocks_were_put_back_promise_no_push_that_went_out(talk: Talk) -> None:
    await talk.say("begin ml-engineer-40 12 2026-12-07")
    await talk.say("zone Tokyo")
    await talk.wait(days=6, hours=17)
    await talk.say("zone Los Angeles")
    await talk.say("redate")
    assert "Mon 14 Dec" in await talk.say("at 15:00")
    assert await talk.wait(days=6) == []


async def test_a_push_that_new_clocks_jump_over_comes_the_next_day(talk: Talk) -> None:
    await talk.enroll(zone="Los Angeles")
    await talk.wait(days=7, hours=-1)
    assert "Next plan: Tue 8 Dec, 09:00 Tokyo" in await talk.say("zone Tokyo")
    assert "Tue 8 Dec, 10:00" in await talk.say("at 10:00")
    (text,) = await talk.wait(days=3)
    assert text.startswith("**Week 2 of")
    assert "Next plan: Mon 14 Dec, 10:00" in text


async def test_an_earlier_hour_on_plan_day_does_not_lose_the_weeks_plan(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=6, hours=23, minutes=40)
    assert "Next: Tue 8 Dec, 08:00 Berlin, this week's; then Mondays." in await talk.say("at 08:00")
    assert [text[:9] for text in await talk.wait(days=2)] == ["**Week 2 "]


async def test_a_pause_taken_back_after_its_plan_day_owes_nothing(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("pause")
    await talk.wait(days=9)
    await talk.say("undo")
    assert await talk.wait(hours=1) == []
    assert [text.splitlines()[0][:9] for text in await talk.wait(days=6)] == ["**Week 3 "]


async def test_a_message_between_the_hour_and_the_push_does_not_lose_it(talk: Talk) -> None:
    await talk.enroll()
    talk.clock.move(talk.clock.now() + timedelta(days=7, hours=1))
    await talk.say("done 1")
    await talk.say("quiet 23:00 05:00")
    await talk.pushes.tick()
    assert [text[:9] for text in talk.mailbox.texts] == ["**Week 2 "]
