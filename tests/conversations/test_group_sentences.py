"""What people want of their group, said as a sentence and not as a command."""

from __future__ import annotations

import pytest

from tests.conversations.test_groups import founded, templates
from tests.talk import Talk


async def test_a_question_for_the_group_is_shown_to_its_asker_first(talk: Talk) -> None:
    await founded(talk, "bo")
    assert "> Bo asks: how to test a model?" in await talk.say("Ask my group how to test a model?", "bo")
    assert templates(talk) == ["group_ask_sure"]


async def test_a_group_is_renamed_and_not_left(talk: Talk) -> None:
    await founded(talk)
    assert "is called **Early Birds** now" in await talk.say("Please rename the group to Early Birds.")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("I want to hide from the group", "group_share"),
        ("find me a study buddy", "group_buddy_waits"),
        ("leave my group", "group_leave_sure"),
    ],
)
async def test_what_is_wanted_of_a_group_is_heard(talk: Talk, said: str, answered: str) -> None:
    await founded(talk, "bo")
    await talk.say(said, "bo")
    assert templates(talk) == [answered]


async def test_a_question_that_only_begins_like_one_for_the_group_is_answered(talk: Talk) -> None:
    await founded(talk)
    await talk.say("ask what group by does")
    assert templates(talk) == ["answer"]


async def test_whoever_is_in_no_group_hears_how_to_find_one(talk: Talk) -> None:
    await talk.enroll(who="eve")
    await talk.say("ask my group how to test a model", "eve")
    assert templates(talk) == ["group_none"]
