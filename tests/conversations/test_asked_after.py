"""Asking after somebody in plain words, and being told what they show and nothing else."""

from __future__ import annotations

import pytest

from tests.conversations.test_groups import founded, templates
from tests.talk import Talk

ASKS = [
    "what is Bo doing this week?", "what's bo up to", "how’s BO getting on right now?",
    "hey, what has Bo shipped so far?", "how far is Bo", "which week is bo in", "show me Bo's week",
]  # fmt: skip


@pytest.mark.parametrize("said", ASKS)
async def test_a_member_who_is_asked_after_is_told_of_as_far_as_they_show_it(talk: Talk, said: str) -> None:
    await founded(talk, "bo")
    await talk.say("done 1", "bo")
    told = await talk.say(said)
    assert templates(talk) == ["group_member"]
    assert "**Bo** in Night Owls" in told
    assert "Variables" not in told
    await talk.say("group share full", "bo")
    assert "✓ Variables and data types" in await talk.say(said)


async def test_in_the_groups_own_chat_a_mention_asks_the_same(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    assert "**Bo** in Night Owls" in await talk.say("what is Bo doing this week?", group=True)


async def test_in_a_chat_that_is_no_groups_nobody_is_asked_after(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("what is Bo doing this week?", group=True)
    assert templates(talk) != ["group_member"]


async def test_who_hides_or_is_blocked_cannot_be_told_from_nobody(talk: Talk) -> None:
    await founded(talk, "bo", "cy", "dee")
    await talk.say("group share hidden", "bo")
    await talk.say("group block Dee", "cy")
    for name in ("Zed", "Bo", "Cy"):
        nobody = await talk.say(f"what is {name} doing this week?", "dee")
        assert nobody == f"I can't find {name} among those who show themselves here."
    assert await talk.say("how is Bo doing?", "dee") == await talk.say("how is Zed doing?", "dee")


async def test_what_is_no_name_is_not_looked_for_among_people(talk: Talk) -> None:
    await founded(talk, "bo")
    for said in ("how is studying going this week?", "what is dropout doing this week?"):
        await talk.say(said)
        assert templates(talk) != ["group_who"]


async def test_a_pseudonym_is_what_somebody_is_asked_after_by(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group alias Night Raven", "bo")
    assert "**Night Raven** in Night Owls" in await talk.say("how is night raven doing?")
    await talk.say("how is Bo doing?")
    assert templates(talk) != ["group_member"]


async def test_one_asks_after_oneself_and_strangers_as_before(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("what is Ada doing this week?")
    assert templates(talk) == ["group_board"]
    await talk.enroll(who="eve")
    await talk.say("what is Bo doing this week?", "eve")
    assert templates(talk) == ["group_none"]


async def test_a_topic_stays_a_topic_and_a_question_to_the_group_stays_one(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group alias Pandas", "bo")
    await talk.say("how is pandas doing")
    assert templates(talk) != ["group_member"]
    await talk.say("group alias The group", "cy")
    await talk.say("how is the group doing")
    assert templates(talk) == ["group_board"]
    await talk.say("group alias off", "bo")
    await talk.say("group ask")
    await talk.say("what is Bo doing this week?")
    assert templates(talk) == ["group_ask_sure"]


async def test_two_of_one_name_are_asked_which(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group alias Sam One", "bo")
    await talk.say("group alias Sam Two", "cy")
    await talk.say("what is Sam doing?")
    assert templates(talk) == ["group_who"]
    assert {"Sam One", "Sam Two"} <= set(talk.labels)
