"""What a beginner pastes or types into the chat, without a word before it, is answered there and changes nothing."""

from __future__ import annotations

import pytest

from tests.talk import Talk


async def begun(talk: Talk) -> None:
    for text in ("start", "begin ml-engineer-40", "zone Berlin"):
        await talk.say(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stuck w pandas merge", "`merge`"),
        ("adversarial examples", "adversarial training"),
        ("You are in 'detached HEAD' state", "git switch"),
        ("TypeError: 'int' object is not callable", "parentheses"),
        ("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9", "encoding"),
        ("401 unauthorized", "Authorization"),
        ("titanic dataset", "891 passengers"),
        ("i dont get backprop at all", "gradient"),
    ],
)
async def test_a_pasted_line_is_answered_at_once(talk: Talk, text: str, said: str) -> None:
    await begun(talk)
    answer = await talk.say(text)
    assert said.lower() in answer.lower()
    assert "*Week " in answer
    assert "0 of" in await talk.say("progress")


@pytest.mark.parametrize("text", ["i'm stuck", "this makes no sense to me", "2 is too hard"])
async def test_who_is_stuck_with_the_task_is_still_told_how_to_go_on(talk: Talk, text: str) -> None:
    await begun(talk)
    assert "*Week " not in await talk.say(text)
    assert any(button.action.startswith("done ") for button in talk.buttons)


async def test_a_number_in_a_cry_for_help_that_is_no_task_is_said_to_be_none(talk: Talk) -> None:
    await begun(talk)
    assert "isn't among them" in await talk.say("stuck on task 9")


@pytest.mark.parametrize("text", ["I have read the chapter about decision trees", "i did all of the pandas ones"])
async def test_what_is_told_as_done_is_not_taken_for_a_question(talk: Talk, text: str) -> None:
    await begun(talk)
    assert "*Week " not in await talk.say(text)
