"""A week's plan in a channel or thread of the learner's choice."""

from __future__ import annotations

import pytest

from tests.discord_adapter.house import House
from tests.loopback.discord.people import Person, words
from tests.loopback.discord.world import Channel


async def placed(house: House) -> tuple[Person, Channel]:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada)
    said = ada.reads(await ada.slash("here", hall))
    assert "from now on, Mondays at 09:00 Berlin" in said
    return ada, hall


def posted(house: House, channel: Channel) -> list[str]:
    return [words(message) for message in house.discord.world.said(channel)]


async def test_the_plan_comes_there_with_every_readers_own_clock_and_pings_nobody(alone: House) -> None:
    ada, hall = await placed(alone)
    before = len(ada.inbox)
    await alone.wait(days=8)
    assert posted(alone, hall)[-1].startswith("For Ada\n\n**Week 2 of 36")
    assert "<t:" in posted(alone, hall)[-1]
    assert len(ada.inbox) == before
    sent = alone.discord.sent("POST", f"/channels/{hall.id}/messages")[-1]
    assert sent.body is not None
    assert sent.body["allowed_mentions"]["parse"] == []
    assert sent.body["enforce_nonce"] is True


@pytest.mark.parametrize("code", [10003, 10004, 50001, 50013, 50083, 160005])
async def test_when_the_place_takes_no_more_the_plan_comes_directly_and_says_so(alone: House, code: int) -> None:
    ada, hall = await placed(alone)
    if code == 10003:
        del alone.discord.world.channels[hall.id]
    else:
        hall.problem = code
    await alone.wait(days=8)
    told = words(ada.inbox[-1])
    assert told.startswith("I can't post your plan where you wanted it any more")
    assert "Week 2 of 36" in told
    await alone.wait(days=7)
    assert "Week 3 of 36" in words(ada.inbox[-1])
    assert "any more" not in words(ada.inbox[-1])


async def test_an_archived_thread_is_opened_by_it_and_said_directly_it_comes_directly_again(alone: House) -> None:
    ada, hall = await placed(alone)
    hall.archived = True
    await alone.wait(days=8)
    assert posted(alone, hall)[-1].startswith("For Ada")
    assert "comes here, into our own chat" in ada.reads(await ada.slash("here"))
    await alone.wait(days=7)
    assert "Week 3 of 36" in words(ada.inbox[-1])
