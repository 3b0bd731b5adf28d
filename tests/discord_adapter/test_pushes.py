"""Pushes to direct chats: once each, whatever Discord answers, and no faster than allowed."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.discord.failures import failure
from tests.discord_adapter.house import House
from tests.loopback.discord.people import Person, labels, words


async def due(house: House, person: Person) -> None:
    """Let the week's plan of somebody enrolled fall due, and one tick look at it."""
    await house.enroll(person)
    await house.wait(days=7, hours=1)


async def test_the_weeks_plan_arrives_in_the_direct_chat_with_buttons_that_work(alone: House) -> None:
    ada = alone.discord.person("Ada")
    await due(alone, ada)
    plan = ada.inbox[-1]
    assert "Week 2 of 36" in words(plan)
    assert "Start 1" in labels(plan)
    assert plan["_rings"] == []
    assert await ada.tap(plan, "Start 1")


async def test_somebody_who_only_ever_spoke_in_a_server_gets_the_plan_too(alone: House) -> None:
    ada, hall = alone.discord.person("Ada"), await alone.server()
    await alone.enroll(ada, hall)
    await alone.wait(days=7, hours=1)
    assert "Week 2 of 36" in words(ada.inbox[-1])


@pytest.mark.parametrize("kind", ["503", "500", "reset", "429"])
async def test_a_passing_failure_is_retried_and_the_plan_arrives_once(alone: House, kind: str) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    # discord.py itself waits ever longer after a 500; the others are ours to repeat.
    fault = alone.discord.faults.add(kind, "/channels/.*/messages", times=1 if kind == "500" else 2)
    await alone.wait(days=7, hours=1)
    assert fault.times == 0
    assert len([m for m in ada.inbox if "Week 2 of 36" in words(m)]) == 1


async def test_an_answer_lost_on_its_way_back_does_not_send_the_plan_twice(alone: House) -> None:
    """Discord took the message and the connection broke: the same nonce brings back the same message."""
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    alone.discord.faults.add("reset", "/channels/.*/messages", after=True, times=2)
    await alone.wait(days=7, hours=1)
    assert len([m for m in ada.inbox if "Week 2 of 36" in words(m)]) == 1


async def test_a_ban_of_the_address_puts_the_push_off_and_asks_no_more(alone: House) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    alone.discord.faults.add("ban", "/channels/.*/messages", times=1)
    alone.platform._pacing.hold(0)
    await alone.wait(days=7, hours=1)
    assert len([m for m in ada.inbox if "Week 2 of 36" in words(m)]) == 1


@pytest.mark.parametrize("closed", [{"accepts_dms": False}, {"shares_a_server": False}])
async def test_a_closed_direct_chat_is_tried_once_and_told_of_where_the_learner_next_appears(
    alone: House, closed: dict[str, bool]
) -> None:
    ada, hall = alone.discord.person("Ada"), await alone.server()
    await alone.enroll(ada)
    vars(ada.user).update(closed)
    before = len(alone.discord.sent("POST", "/messages"))
    await alone.wait(days=7, hours=20)
    assert len(alone.discord.sent("POST", "/messages")) == before + 1
    told = await ada.slash("next", hall)
    assert "direct messages are closed" in ada.reads(told)
    assert "direct messages are closed" not in ada.reads(await ada.slash("next", hall))


async def test_a_direct_chat_that_opens_again_gets_what_waited(alone: House) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    ada.user.accepts_dms = False
    await alone.wait(days=7, hours=1)
    ada.user.accepts_dms = True
    await ada.say("hi")
    await alone.wait(hours=8)
    assert any("Week 2 of 36" in words(m) for m in ada.inbox)


async def test_a_chat_whose_id_is_gone_is_found_anew(alone: House) -> None:
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    gone = ada.dm
    del alone.discord.world.channels[gone.id]
    await alone.wait(days=7, hours=1)
    assert ada.dm.id != gone.id
    assert any("Week 2 of 36" in words(m) for m in ada.inbox)


async def test_many_pushes_at_one_instant_all_arrive_once(alone: House) -> None:
    """Their pace is measured by `python -m bench.discord`, on a machine that does nothing else."""
    people = [alone.discord.person(f"P{n}") for n in range(60)]
    await asyncio.gather(*(alone.enroll(person) for person in people))
    await alone.wait(days=7, hours=1)
    assert [sum("Week 2 of 36" in words(m) for m in person.inbox) for person in people] == [1] * 60


def test_an_unknown_refusal_is_not_taken_for_good() -> None:
    assert not failure(OSError("odd")).permanent
    assert failure(OSError("odd")).in_doubt
