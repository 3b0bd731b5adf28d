"""What learners ask about learning here, and the wishes for another pace: each has its own answer."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    ("said", "template", "words"),
    [
        ("can i do this on weekends", "know_days", "Any day you like"),
        ("can I do two tasks a day?", "know_days", "Any day you like"),
        ("what if i miss a week", "know_missed", "nothing is lost"),
        ("this is too easy", "know_easy", "skip ahead to week 5"),
        ("i already know this", "know_easy", "what's next?"),
        ("can you write the code for me", "know_code", "you write yours"),
        ("skip task 2", "know_skip", "Then leave it"),
        ("can i skip this task?", "know_skip", "Then leave it"),
        ("is this free?", "know_cost", "I cost you nothing"),
        ("how long is this going to take", "plan", "you finish"),
        ("i hate this, so slow", "giving_up", "fifteen minutes"),
        ("this is too hard", "stuck", "Make it smaller"),
    ],
)
async def test_a_question_about_learning_here_is_answered_and_changes_nothing(
    talk: Talk, said: str, template: str, words: str
) -> None:
    await talk.enroll()
    before = await talk.say("progress")
    await talk.say("what is a list comprehension")  # a talk about the subject is not gone on with
    assert words in await talk.say(said)
    assert talk.last[0].template == template
    assert await talk.say("progress") == before


@pytest.mark.parametrize(
    "said", ["8 hours a week", "i have 8h a week", "I can do about 8 hours per week", "8 hrs weekly"]
)
async def test_hours_a_week_are_no_reminder(talk: Talk, said: str) -> None:
    await talk.say("begin ml-engineer-40")
    await talk.say(said)
    assert talk.last[0].template in ("enrolled", "hours_set")
    assert "8 hours" in talk.last[0].text


@pytest.mark.parametrize(
    "said",
    ["skip ahead to week 3", "jump to week 3", "I already know the basics, start me at week 3", "start at week 3"],
)
async def test_skipping_ahead_is_asked_first_and_can_be_undone(talk: Talk, said: str) -> None:
    await talk.enroll("ml-engineer-40")
    before = await talk.say("plan")
    assert "Week 3 would run now" in await talk.say(said)
    assert await talk.say("plan") == before
    await talk.say(said)
    await talk.tap("Go to week 3")
    assert "week 3 runs now" in talk.last[0].text
    assert "Week 3" in await talk.say("what's next?") or "week 3" in talk.last[0].text
    assert "earlier" not in talk.last[0].text
    await talk.say("undo")
    assert await talk.say("plan") == before


async def test_somebody_may_only_want_to_look_ahead(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("skip to week 3")
    await talk.tap("Show week 3")
    assert talk.last[0].template == "week"
    assert "no week 99" in await talk.say("skip to week 99")


async def test_a_lone_picture_is_no_question(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("what is a list comprehension")
    await talk.say("\U0001f643")
    assert "Ask about the subject" not in talk.labels


async def test_a_decorator_is_explained_where_functions_are(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    text = await talk.say("whats a decorator")
    assert "a function that wraps another" in text
    assert "Week 1" in text


async def test_a_whole_line_is_heard_while_a_question_may_still_be_asked(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("skip 2 and 3")
    assert "Ask about the subject" in talk.labels
    await talk.say("i want to skip this task")
    assert talk.last[0].template == "know_skip"
