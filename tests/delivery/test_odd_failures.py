"""Failures that nobody foresaw: each costs the one message it hits, and no message is sent over and over."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.group import StudyGroup
from bot.domain.posting import notice
from bot.engine.errors import SendFailed
from bot.engine.ports import Push
from bot.storage.letters import Letters
from tests.talk import Mailbox, Talk

AWAY = SendFailed("502 Bad Gateway", outage=True)


@dataclass
class Odd(Mailbox):
    """A platform whose library trips over messages to one person, after they have arrived."""

    arrived: Counter[str] = field(default_factory=Counter)

    async def send(self, push: Push) -> None:
        self.arrived[push.to.external_id] += 1
        if push.to.external_id == "ada":
            raise KeyError("result")
        await super().send(push)


async def test_what_a_library_trips_over_is_given_up_in_the_end_and_the_others_go(talk: Talk) -> None:
    for who in ("ada", "bo", "cy"):
        await talk.enroll(who=who)
    odd = Odd()
    talk.pushes = talk.app.pushes(odd)
    await talk.wait(days=9)
    assert odd.arrived == {"ada": 8, "bo": 1, "cy": 1}
    assert talk.app.database is not None
    dead = await Letters(talk.app.database).listed(DeliveryState.DEAD)
    assert [(letter.attempts, letter.last_error) for letter in dead] == [(8, "KeyError")]


@dataclass
class Spoiling(Mailbox):
    """A platform during whose first message the database begins to refuse that anything was sent."""

    talk: Talk | None = None

    async def send(self, push: Push) -> None:
        if not self.pushes:
            await self.refuse(
                "BEFORE UPDATE ON deliveries WHEN NEW.state = 2 BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        await super().send(push)

    async def refuse(self, what: str = "") -> None:
        assert self.talk is not None
        assert self.talk.app.database is not None
        async with self.talk.app.database.begin() as connection:
            await connection.exec_driver_sql(f"CREATE TRIGGER full {what}" if what else "DROP TRIGGER full")


async def test_while_outcomes_cannot_be_noted_no_further_message_is_begun(talk: Talk) -> None:
    for number in range(9):
        await talk.enroll(who=f"p{number}")
    spoiling = Spoiling(talk=talk)
    talk.pushes = talk.app.pushes(spoiling)
    talk.pushes.dispatcher = replace(talk.pushes.dispatcher, pauses=())
    await talk.wait(days=6, hours=23)
    talk.clock.move(talk.clock.now() + timedelta(hours=2))
    with pytest.raises(Exception, match="no room"):
        await talk.pushes.tick()
    assert len(spoiling.pushes) == 1
    await spoiling.refuse()
    await talk.wait(minutes=3)
    assert len(spoiling.pushes) == 10  # each of nine, and the one in doubt a second time


async def test_a_pause_that_the_platform_asks_for_is_no_try_of_the_messages_own(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("429", retry_after=timedelta(minutes=1))] * 20
    assert len(await talk.wait(days=8)) == 1
    assert talk.mailbox.failures == []


async def test_two_pushes_that_are_sent_again_together_come_on_two_days(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("400")] * 16
    await talk.wait(days=15)
    assert talk.mailbox.failures == []
    assert talk.app.database is not None
    assert await Letters(talk.app.database).retry([], talk.clock.now()) == 2
    assert len(await talk.wait(minutes=1)) == 1
    assert len(await talk.wait(days=1)) == 1


@pytest.mark.long
async def test_answers_from_a_group_outlast_a_platform_that_is_away_for_hours(talk: Talk) -> None:
    await talk.enroll()
    async with talk.app.store.work() as work:
        ada = await work.learner_of("test", "ada")
        assert ada is not None
        group = await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4R", talk.clock.now()), ada.id)
        for number in range(10):
            word = notice(
                group.id, ada.id, "group_heir", f"w{number}", talk.clock.now(), {"chats": 0}, DeliveryKind.ANSWER
            )
            await work.groups.post(word)
    talk.mailbox.failures = [AWAY] * 10_000
    await talk.wait(hours=5)
    assert 10_000 - len(talk.mailbox.failures) < 5 * 60 + 10  # looked at about once in a minute and a half
    talk.mailbox.failures = []
    assert len(await talk.wait(hours=1)) == 10


@dataclass
class Timed(Mailbox):
    """A platform that notes how often the loop had turned when each push came."""

    turns: int = 0
    at: list[int] = field(default_factory=list)

    async def send(self, push: Push) -> None:
        self.at.append(self.turns)

    async def turn(self) -> None:
        while True:
            await asyncio.sleep(0)
            self.turns += 1


async def test_others_get_their_turn_between_the_making_of_two_pushes(talk: Talk) -> None:
    for number in range(5):
        await talk.enroll(who=f"p{number}")
    timed = Timed(parallel=64)
    talk.pushes = talk.app.pushes(timed)
    turning = asyncio.create_task(timed.turn())
    await talk.wait(days=8)
    turning.cancel()
    assert len(set(timed.at)) == 5
