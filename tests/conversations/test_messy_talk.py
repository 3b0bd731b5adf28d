"""Messy talk leads to what a patient human would have done."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.mark.parametrize("said", ["1 isn't done yet", "i havent done 1"])
async def test_who_says_that_a_marked_task_is_not_done_is_offered_to_open_it(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say("done 1")
    await talk.say(said)
    assert talk.last[0].template == "did_you_mean"
    await talk.tap(talk.labels[0])
    assert talk.last[0].template == "undone"
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_what_was_never_marked_is_left_alone(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("2 isn't done yet")
    assert talk.last[0].template == "left_alone"


async def test_a_claim_that_is_complained_of_brings_help_with_that_task(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("did 2 but it doesn't work")
    assert talk.last[0].template == "stuck"
    assert "Done" in talk.labels
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_a_roadmap_named_in_plain_words_is_begun(talk: Talk) -> None:
    await talk.say("i wanna start the ml engineer thing")
    assert talk.last[0].template == "enrolled"


async def test_a_roadmap_named_in_doubt_is_begun_by_the_tap(talk: Talk) -> None:
    await talk.say("maybe start the full stack ml thing")
    assert talk.last[0].template == "did_you_mean"
    await talk.tap(talk.labels[0])
    assert talk.last[0].template == "enrolled"


@pytest.mark.parametrize("said", ["quiz me then", "quiz me please now", "quiz on this week", "quiz me!"])
async def test_a_quiz_is_asked_for_with_small_words(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "quiz"
