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
        ("give me the invite link", "group_invite"),
        ("cheer for ada", "group_cheer"),
        ("can somebody in my group help me with joins?", "group_ask_sure"),
        ("kick ada", "group_not_yours"),
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


async def test_who_is_to_leave_is_asked_about_and_stays_until_then(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("throw Bo out of the group please")
    assert templates(talk) == ["group_remove_sure"]
    assert "Bo" in await talk.say("group board")


@pytest.mark.parametrize(
    "said", ["don't kick bo", "should we kick bo?", "kick off a training job", "bo got kicked from the server",
             "should we rename the group?", "our group chat is loud"]
)  # fmt: skip
async def test_what_only_sounds_like_it_changes_nothing_in_the_group(talk: Talk, said: str) -> None:
    await founded(talk, "bo")
    before = await talk.say("group")
    await talk.say(said)
    assert templates(talk)[0] not in ("group_remove_sure", "group_renamed", "group_removed")
    assert await talk.say("group") == before


async def test_the_digest_is_moved_by_a_sentence_and_ones_own_plan_is_not(talk: Talk) -> None:
    await founded(talk)
    before = await talk.say("settings")
    await talk.say("send the group digest on fridays at 6pm")
    assert templates(talk) == ["group_digest"]
    assert "Friday" in talk.last[0].text and "18:00" in talk.last[0].text
    assert await talk.say("settings") == before


async def test_a_wish_is_heard_though_a_city_was_asked_for(talk: Talk) -> None:
    await founded(talk)
    await talk.say("zone")
    assert "city" in talk.last[0].text
    assert "is called **Night Bakers** now" in await talk.say("rename our group to Night Bakers")


async def test_any_words_may_be_the_name_that_was_asked_for(talk: Talk) -> None:
    await founded(talk)
    await talk.say("rename our group")
    assert templates(talk) == ["group_ask_name"]
    assert "is called **Kick Bo** now" in await talk.say("Kick Bo")
