"""The week's push to those far ahead and those long silent: short, true, and another one each week."""

from __future__ import annotations

from itertools import pairwise

from tests.talk import Talk


async def far_ahead(talk: Talk, weeks: int) -> None:
    await talk.enroll("ml-engineer-40")
    for week in range(1, weeks + 1):
        await talk.say(f"done all of week {week}")


def templates(talk: Talk) -> list[str]:
    return [push.message.template for push in talk.mailbox.pushes]


async def test_who_is_ahead_sees_the_next_week_whole_and_then_shortly(talk: Talk) -> None:
    await far_ahead(talk, 5)
    pushed = await talk.wait(weeks=5)
    assert templates(talk) == ["weekly", "weekly_ahead", "weekly_ahead", "weekly_ahead", "weekly"]
    assert "You're 4 weeks ahead of your dates" in pushed[0]
    assert ["3 weeks ahead" in pushed[1], "2 weeks ahead" in pushed[2], "1 week ahead" in pushed[3]] == [True] * 3
    assert all("nothing is due before Mon 4 Jan" in text for text in pushed[1:4])
    assert "ahead" not in pushed[4]


async def test_no_two_pushes_to_somebody_ahead_are_alike_and_none_is_long(talk: Talk) -> None:
    await far_ahead(talk, 14)
    pushed = (await talk.wait(weeks=10))[1:]
    offers = ["\n".join(text.splitlines()[2:-1]) for text in pushed]
    assert len(set(offers)) == len(offers)
    assert max(len(text) for text in pushed) < 700


async def test_something_done_brings_the_whole_week_again(talk: Talk) -> None:
    await far_ahead(talk, 4)
    await talk.wait(weeks=2)
    await talk.say("done 1")
    await talk.wait(weeks=1)
    assert templates(talk) == ["weekly", "weekly_ahead", "weekly"]


async def test_the_button_of_who_is_ahead_opens_the_quiz_it_names(talk: Talk) -> None:
    await far_ahead(talk, 4)
    await talk.wait(weeks=2)
    message = talk.mailbox.pushes[-1].message
    (quiz,) = [b for row in message.buttons for b in row if b.action.startswith("quiz")]
    assert f"week {quiz.action.split()[1]}," in message.text


async def test_who_is_silent_is_offered_another_small_thing_each_week(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    pushed = (await talk.wait(weeks=8))[1:]
    assert all("open since Mon 30 Nov" in text and "move your dates" in text for text in pushed)
    offers = [text.splitlines()[3] for text in pushed]
    assert all(one != other for one, other in pairwise(offers))
    assert len(set(offers)) == 3
    assert ["pause" in text for text in pushed] == [False] * 4 + [True] * 3


async def test_the_step_on_the_button_is_the_one_in_the_words(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(weeks=3)
    push = talk.mailbox.pushes[-1].message
    assert "The shortest thing open" in push.text
    text = await talk.press(push.buttons[0][0].action)
    assert push.text.split("**")[3].lower() in text.lower()


async def test_silence_counts_from_when_the_open_week_began(talk: Talk) -> None:
    await far_ahead(talk, 5)
    await talk.wait(weeks=7)
    assert templates(talk)[-3:] == ["weekly", "weekly", "weekly_small"]
