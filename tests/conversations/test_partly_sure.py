"""Several wishes in one message: the plain ones are done, and a question stands for the doubtful one."""

from __future__ import annotations

from tests.talk import Talk


def templates(talk: Talk) -> list[str]:
    return [reply.template for reply in talk.last]


async def test_what_is_plain_is_done_and_what_is_doubtful_asked(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("mark 1 done, pause for a week, maybe")
    assert templates(talk) == ["done", "did_you_mean"]
    assert "Done: 1 " in talk.last[0].text
    assert "1 of 211 tasks" in await talk.say("progress")


async def test_what_is_asked_is_done_by_its_button(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1 and 2, bo did 3")
    assert templates(talk) == ["done", "did_you_mean"]
    assert "2 of 211 tasks" in await talk.say("progress")


async def test_one_that_asks_itself_does_so_after_the_others(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1, delete my data")
    assert templates(talk) == ["done", "forget"]
    assert "1 of 211 tasks" in await talk.say("progress")


async def test_several_that_are_asked_about_are_offered_beside_each_other(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1; delete my data; leave group")
    assert templates(talk) == ["done", "did_you_mean"]
    assert len(talk.labels) >= 2


async def test_a_message_that_somebody_else_wrote_does_nothing_of_it(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("Bo: done 1, what's next, pause for a week")
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_a_sum_is_no_list_of_tasks(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("2*3")
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_who_says_when_they_are_back_is_asked_whether_to_pause(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("i'll be back monday")
    assert templates(talk) == ["did_you_mean"]
    assert talk.labels[0] == "Pause until Mon 7 Dec"
    assert "7 Dec" in await talk.tap(talk.labels[0])
