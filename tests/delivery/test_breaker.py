"""A platform that is away is left alone, looked at now and then, and keeps nobody else waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.breaker import FAILURES, FIRST, LONGEST, Breaker
from bot.delivery.dispatcher import BATCH
from bot.domain.delivery import DeliveryState, RetryPolicy
from bot.domain.learner import Identity
from bot.engine.errors import SendFailed
from bot.storage.letters import Letters
from tests.talk import MONDAY_MORNING as NOW
from tests.talk import Mailbox, Talk

AWAY = SendFailed("502 Bad Gateway", outage=True)
SILENT = SendFailed("no answer in time", in_doubt=True, outage=True)


def broken() -> Breaker:
    breaker = Breaker("test", jitter=lambda: 1.0)
    for _ in range(FAILURES):
        breaker.failed(NOW)
    return breaker


def test_a_few_failures_with_successes_between_are_nothing() -> None:
    breaker = Breaker("test")
    for _ in range(FAILURES * 3):
        breaker.failed(NOW)
        breaker.succeeded()
    assert breaker.wait(NOW) is None


def test_after_a_rest_one_message_is_let_through_and_its_luck_decides() -> None:
    breaker = broken()
    assert breaker.wait(NOW) == FIRST
    later = NOW + FIRST
    assert breaker.wait(later) is None
    assert breaker.wait(later) == FIRST  # the next one waits for the first one's luck
    breaker.failed(later)
    assert breaker.wait(later) == 2 * FIRST
    breaker.succeeded()
    assert breaker.wait(later) is None


def test_rests_grow_to_a_bound_and_differ_between_processes() -> None:
    breaker, now = broken(), NOW
    for _ in range(20):
        now += LONGEST
        assert breaker.wait(now) is None
        breaker.failed(now)
    assert breaker.wait(now) == LONGEST
    early = Breaker("test", jitter=lambda: 0.0)
    for _ in range(FAILURES):
        early.failed(NOW)
    assert early.wait(NOW) == FIRST / 2


def test_what_was_on_its_way_when_the_platform_went_away_does_not_make_the_rest_longer() -> None:
    breaker = broken()
    for _ in range(20):
        breaker.failed(NOW)
    assert breaker.wait(NOW) == FIRST


async def test_during_an_outage_no_push_is_given_up_and_after_it_each_goes_once(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    people = [f"p{number}" for number in range(2 * FAILURES)]
    for who in people:
        await talk.enroll(who=who)
    talk.mailbox.failures = [AWAY] * 40  # more than all their tries together would bear, were each to count
    await talk.wait(days=8)
    assert talk.mailbox.failures == []
    assert sorted(push.to.external_id for push in talk.mailbox.pushes) == sorted(people)
    said = [record.getMessage() for record in caplog.records if record.name == "bot.delivery.breaker"]
    assert said == ["test fails again and again; its pushes wait until it answers", "test answers again; pushes go on"]


async def test_while_one_platform_is_away_it_is_hardly_asked_and_another_goes_on(talk: Talk) -> None:
    for number in range(20):
        await talk.enroll(who=f"p{number}")
    for number in range(10):
        async with talk.app.store.work() as work:
            learner = await work.learner_of("test", f"p{number}")
            assert learner is not None
            await work.keep_identity(learner.id, Identity("test", f"p{number}", "", reachable=False))
            await work.keep_identity(learner.id, Identity("other", f"p{number}", f"c{number}"))
    other = Mailbox("other")
    talk.pushes = talk.app.pushes(talk.mailbox, other)
    talk.pushes.dispatcher.retry = RetryPolicy(first=timedelta(hours=1))
    talk.mailbox.failures = [AWAY] * 1000
    await talk.wait(days=6, hours=23)
    await talk.wait(hours=1, seconds=1)
    assert len(other.pushes) == 10
    assert 1000 - len(talk.mailbox.failures) == FAILURES
    assert talk.pushes.dispatcher.breakers["test"].open
    assert not talk.pushes.dispatcher.breakers["other"].open


async def test_while_every_platform_is_away_what_waits_is_left_where_it_is(talk: Talk) -> None:
    for number in range(2 * BATCH):
        await talk.enroll(who=f"p{number}")
    talk.mailbox.failures = [AWAY] * 1000
    await talk.wait(days=6, hours=23)
    talk.clock.move(talk.clock.now() + timedelta(hours=2))
    await talk.pushes.tick()
    breaker = talk.pushes.dispatcher.breakers["test"]
    assert breaker.open
    assert await talk.pushes.next_due() == breaker.until
    assert await talk.pushes.tick() == 0
    assert talk.app.database is not None
    waiting = await Letters(talk.app.database).listed(DeliveryState.READY, 3 * BATCH)
    assert len(waiting) == 2 * BATCH
    assert (
        len([letter for letter in waiting if letter.last_error]) == BATCH
    )  # those that were taken before it was known
    talk.mailbox.failures = []
    assert len(await talk.wait(minutes=1)) == 2 * BATCH


async def test_days_without_an_answer_make_no_dead_letter_and_no_reader_is_written_to_over_and_over(talk: Talk) -> None:
    for number in range(FAILURES):
        await talk.enroll(who=f"p{number}")
    talk.mailbox.failures = [SILENT] * 10_000
    await talk.wait(days=9)  # two of them after the plans fell due
    asked = 10_000 - len(talk.mailbox.failures)
    assert FAILURES < asked < FAILURES * (2 * 24 + 10)  # each message hourly at the most, once it is old
    assert talk.app.database is not None
    assert await Letters(talk.app.database).listed(DeliveryState.DEAD) == []
    talk.mailbox.failures = []
    assert len(await talk.wait(hours=2)) == FAILURES
