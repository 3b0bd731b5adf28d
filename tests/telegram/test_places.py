"""A week's plan in a group or topic of the learner's choice."""

from __future__ import annotations

import pytest

from tests.loopback.telegram.people import Room, migrate
from tests.telegram.stage import Stage


async def placed(stage: Stage, thread: int = 0) -> tuple[Room, Room]:
    """Ada, on a roadmap, has asked for her plan in a group. Her own chat, and the group."""
    ada, owls = stage.chat(), await stage.group()
    if thread:
        owls.chat.threads.add(thread)
        owls = Room(owls.server, owls.chat, owls.user, thread)
    await stage.enroll(ada)
    await owls.says("/here")
    seen = await ada.hears()
    assert "comes to Night Owls from now on, Mondays at 09:00 Berlin" in seen.text
    await stage.idle()
    return ada, owls


@pytest.mark.parametrize("thread", [0, 7], ids=["a group", "a topic"])
async def test_the_plan_comes_there_with_a_name_and_nothing_of_how_it_went(stage: Stage, thread: int) -> None:
    ada, owls = await placed(stage, thread)
    before = len(ada.messages)
    await stage.wait(days=8)
    pushed = owls.messages[-1]
    assert pushed.text.startswith("For Ada\n\nWeek 2 of 36")
    assert "done" not in pushed.text.split("\n\n")[1]
    assert len(ada.messages) == before


async def test_only_whose_plan_it_is_can_use_its_buttons_and_answers_stay_private(stage: Stage) -> None:
    ada, owls = await placed(stage)
    await stage.wait(days=8)
    pushed = owls.messages[-1]
    await owls.taps("Start 1", on=pushed, who=stage.user("Bo"))
    await stage.server.until(lambda: any("somebody else" in text for text in owls.toasts()))
    before = len(ada.messages)
    await owls.taps("Start 1", on=pushed)
    await stage.server.until(lambda: len(ada.messages) > before)


@pytest.mark.parametrize("how", ["kicked", "no rights", "topic gone"])
async def test_when_the_place_is_gone_the_plan_comes_to_the_own_chat_and_says_so(stage: Stage, how: str) -> None:
    ada, owls = await placed(stage, thread=7)
    if how == "no rights":
        text = "Bad Request: not enough rights to send text messages to the chat"
        stage.server.fail("sendMessage", 400, text, chat_id=owls.chat.id)
    elif how == "kicked":
        owls.chat.bot_in = False
    else:
        owls.chat.threads.clear()
    before = len(owls.messages)
    await stage.wait(days=8)
    told = (await ada.hears()).text
    assert told.startswith("I can't post your plan where you wanted it any more")
    assert "Week 2 of 36" in told
    await stage.wait(days=7)
    again = (await ada.hears()).text
    assert "Week 3 of 36" in again
    assert "any more" not in again
    assert len(owls.messages) == before


async def test_a_group_that_becomes_a_supergroup_stays_the_place(stage: Stage) -> None:
    _, owls = await placed(stage)
    moved = await migrate(owls, announce=False)
    await stage.wait(days=8)
    assert moved.messages[-1].text.startswith("For Ada")
    await stage.wait(days=7)
    assert "Week 3 of 36" in moved.messages[-1].text


async def test_said_in_the_own_chat_it_comes_there_again_and_undo_takes_that_back(stage: Stage) -> None:
    ada, owls = await placed(stage)
    assert "comes here, into our own chat" in (await ada.asks("/here")).text
    await ada.asks("undo")
    await stage.wait(days=8)
    assert owls.messages[-1].text.startswith("For Ada")
