"""Answers where others read: what is for everybody stays in its place, what is personal never takes a public one."""

from __future__ import annotations

import re

import pytest

from tests.discord_adapter.house import House
from tests.loopback.discord.people import Person, is_private, labels, words
from tests.loopback.discord.world import Channel


async def founded(house: House, members: int = 0) -> tuple[Person, Channel, list[Person]]:
    """A group with its channel, its owner, and so many members more."""
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada)
    await ada.say("create group Night Owls")
    await ada.say("group bind", hall, mention=True)
    found = re.search(r"`([0-9A-Z]{8})`", "".join(words(m) for m in await ada.say("group invite")))
    assert found
    people = [house.discord.person(f"P{number}") for number in range(members)]
    for person in people:
        (sure,) = await person.say(f"group join {found[1]}")
        await person.tap(sure, "Join")
    return ada, hall, people


async def test_a_turned_page_of_a_groups_board_takes_the_place_of_the_one_before(alone: House) -> None:
    ada, hall, people = await founded(alone, 16)
    board = (await ada.slash("group_board", hall)).posted[-1]
    assert not is_private(board)
    assert "1 of 2" in words(board)
    before = len(alone.discord.world.said(hall))
    await people[0].tap(board, "Next")
    assert "2 of 2" in words(board)
    assert len(alone.discord.world.said(hall)) == before


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_lost_while_an_answer_is_made_public_still_leaves_it_in_the_channel(
    alone: House, after: bool
) -> None:
    ada, hall, _ = await founded(alone)
    alone.discord.faults.add("reset", "/webhooks/", method="DELETE", after=after, times=2)
    answer = await ada.slash("group_board", hall)
    assert "Night Owls" in ada.reads(answer)
    assert [m["channel_id"] for m in answer.posted] == [hall.id]
    assert not is_private(answer.posted[0])


async def test_a_personal_answer_to_a_tap_on_a_public_plan_leaves_the_plan_and_is_seen_by_one(alone: House) -> None:
    ada, hall = alone.discord.person("Ada"), await alone.server()
    await alone.enroll(ada)
    await ada.slash("here", hall)
    await alone.wait(days=7, hours=1)
    plan = alone.discord.world.said(hall)[-1]
    shown = words(plan)
    assert "Week 2 of 36" in shown
    for label in labels(plan):
        answer = await ada.tap(plan, label)
        assert answer.modal or all(is_private(m) for m in answer.posted)
        assert words(plan) == shown
