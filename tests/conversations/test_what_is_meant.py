"""Numbers, labels and odd arguments: what is done is what was said, or nothing is."""

from __future__ import annotations

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    ("said", "numbers"),
    [("done all of week 3", (1, 2, 3)), ("done 2 of week 3", (2,)), ("done task 2 in week 3", (2,))],
)
async def test_tasks_of_a_week_that_is_named_are_that_weeks_tasks(
    talk: Talk, said: str, numbers: tuple[int, ...]
) -> None:
    await talk.enroll()
    assert "week 3" in await talk.say(said)
    week = talk.app.catalog.roadmap("full-stack-ml-36").week(3)
    assert week is not None
    await talk.say("mydata")
    export = talk.last[0].files[0].content.decode()
    assert all(week.tasks[number - 1].id in export for number in numbers)
    assert "0 of" in (await talk.say("week 1")) or "✓" not in await talk.say("week 1")
    assert "Undo" not in talk.labels


async def test_all_but_one_leaves_that_one_open(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done all but 3")
    text = await talk.say("week")
    assert [line[0] for line in text.splitlines() if line[:1].isdigit() and "✓" not in line] == ["3"]


async def test_last_weeks_tasks_are_those_of_the_week_before_or_none(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 2 from last week")
    assert talk.last[0].template == "refused_week"
    await talk.wait(days=8)
    assert "Done in week 1: 2" in await talk.say("done 2 from last week")


async def test_a_range_of_numbers_is_every_number_in_it(talk: Talk) -> None:
    await talk.enroll()
    assert "Done: 1, 2, 3." in await talk.say("done 1-3")


@pytest.mark.parametrize("said", ["done -1", "done 1..1000000000", "done 1.5", "done 3-1", "done 1-900"])
async def test_a_number_no_task_has_is_refused_and_marks_nothing(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "refused_task"
    assert talk.labels
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_numbers_mean_the_week_before_the_learners_eyes_and_the_answer_names_it(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("week 5")
    assert "Done in week 5: 3" in await talk.say("done 3")
    assert "Undo" in talk.labels
    await talk.say("week 5")
    assert "week 5" in await talk.say("task 4")


async def test_a_push_makes_numbers_mean_its_own_week_again(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("week 16")
    await talk.wait(days=8)
    assert "Done: 1" in await talk.say("done 1")
    assert "week 2" in await talk.say("undo") or "week 2" in (await talk.say("week")).lower()


async def test_a_label_that_was_just_shown_can_be_typed(talk: Talk) -> None:
    await talk.say("start")
    await talk.say("ML Engineer (40 weeks)")
    assert talk.last[0].template == "enrolled"
    await talk.say("berlin")
    await talk.say("another city")
    assert talk.last[0].template == "ask_zone"
    await talk.say("week")
    await talk.say("start 1")
    assert talk.last[0].template == "task"


async def test_yes_confirms_the_zone_and_no_asks_for_another(talk: Talk) -> None:
    await talk.say("hi", zone="Asia/Tokyo")
    text = await talk.say("begin full-stack-ml-36")
    assert "Right?" in text
    assert "Yes" in talk.labels
    assert "Tokyo it is" in await talk.say("yes")
    await talk.say("start over please")
    await talk.say("from 2026-12-05")
    await talk.say("no")
    assert talk.last[0].template == "ask_zone"


@pytest.mark.parametrize("said", ["no", "Nope", "never mind", "Keep it"])
async def test_no_after_a_question_leaves_everything_as_it_is(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say("forget")
    assert "as it is" in await talk.say(said)
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_yes_means_the_one_thing_that_was_offered(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("stop")
    await talk.say("yes")
    assert talk.last[0].template == "paused"


async def test_a_push_takes_the_labels_of_the_answer_before_it_away(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("next")
    await talk.wait(days=8)
    await talk.say("Done")
    assert talk.last[0].template == "which_task"
