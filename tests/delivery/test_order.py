"""Who goes first when much waits: answers, then learners' own plans, then what goes to a whole group."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.delivery.dispatcher import BATCH
from bot.domain.delivery import DeliveryKind
from bot.domain.group import StudyGroup
from bot.domain.posting import notice
from bot.engine.errors import SendFailed
from bot.engine.ports import Push
from tests.talk import Mailbox, Talk


@dataclass
class Listed(Mailbox):
    """A platform that notes in which order what kinds came."""

    kinds: list[DeliveryKind] = field(default_factory=list)

    async def send(self, push: Push) -> None:
        self.kinds.append(push.delivery.kind)


async def word(talk: Talk, group_id: int, to: str, kind: DeliveryKind) -> None:
    """A word on a group's behalf to somebody who has no plan."""
    await talk.say("start", who=to)
    async with talk.app.store.work() as work:
        learner = await work.learner_of("test", to)
        assert learner is not None
        key = f"{kind}-{to}"
        await work.groups.post(notice(group_id, learner.id, "group_closed", key, talk.clock.now(), kind=kind))


async def test_answers_go_before_plans_and_plans_before_what_goes_to_all(talk: Talk) -> None:
    for number in range(BATCH + 10):
        await talk.enroll(who=f"p{number}")
    async with talk.app.store.work() as work:
        owner = await work.learner_of("test", "p0")
        assert owner is not None
        group = await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4R", talk.clock.now()), owner.id)
    await talk.wait(days=6, hours=23)
    await word(talk, group.id, "yan", DeliveryKind.ANNOUNCEMENT)
    await word(talk, group.id, "zoe", DeliveryKind.ANSWER)
    talk.pushes = talk.app.pushes(listed := Listed())
    await talk.sleep_through(hours=2)
    plans = [DeliveryKind.WEEKLY] * (BATCH + 10)
    assert listed.kinds == [DeliveryKind.ANSWER, *plans, DeliveryKind.ANNOUNCEMENT]


async def test_an_answer_behind_an_older_word_to_the_same_person_does_not_wait_for_all_plans(talk: Talk) -> None:
    for number in range(2 * BATCH):
        await talk.enroll(who=f"p{number}")
    async with talk.app.store.work() as work:
        owner = await work.learner_of("test", "p0")
        assert owner is not None
        group = await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4R", talk.clock.now()), owner.id)
    await talk.wait(days=6, hours=23)
    for kind in (DeliveryKind.GROUP, DeliveryKind.ANSWER):
        await word(talk, group.id, "zoe", kind)
    talk.pushes = talk.app.pushes(listed := Listed())
    await talk.sleep_through(hours=2)
    plans = [DeliveryKind.WEEKLY] * BATCH
    assert listed.kinds == [DeliveryKind.GROUP, *plans, DeliveryKind.ANSWER, *plans]


async def test_a_word_from_a_group_does_not_take_the_day_from_a_plan_that_is_tried_again(talk: Talk) -> None:
    await talk.enroll()
    async with talk.app.store.work() as work:
        ada = await work.learner_of("test", "ada")
        assert ada is not None
        group = await work.groups.add(StudyGroup(0, "Owls", "K7M2PQ4R", talk.clock.now()), ada.id)
    talk.mailbox.failures = [SendFailed("500")]
    await talk.wait(days=7, seconds=1)
    assert (talk.mailbox.failures, talk.mailbox.pushes) == ([], [])
    talk.pushes = talk.app.pushes(listed := Listed())
    async with talk.app.store.work() as work:
        await work.groups.post(notice(group.id, ada.id, "group_closed", "word", talk.clock.now()))
    await talk.wait(hours=1)
    assert listed.kinds == [DeliveryKind.WEEKLY]
    await talk.wait(days=1)
    assert listed.kinds == [DeliveryKind.WEEKLY, DeliveryKind.GROUP]
