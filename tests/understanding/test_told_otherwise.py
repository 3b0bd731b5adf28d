"""Code, faces of digits, what was once so and what others advise: none of it is a wish."""

from __future__ import annotations

import pytest

from bot.domain.intent import OpenTask, Scene
from bot.understanding.reader import Reader
from tests.understanding.test_never_harms import acts


@pytest.mark.parametrize(
    "text",
    ["done = 3", "done == 2", "done += 1", "done = [1, 2, 3]", "finished = [2]", "done(3)", "mark_done(3)", "done[2]",
     "undo(3)", "pause(14)", "resume()", "<done>3</done>", "{done: 3}", "tasks.done(1, 2)"],
)  # fmt: skip
def test_a_line_of_code_changes_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize("text", ["done: 1, 2", "done (3)", "3 = done", "2 - done", "task 2: done", "done 3 =)"])
def test_lists_of_ones_own_still_count(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]


@pytest.mark.parametrize("face", ["<3", ":3", ";3", "=3", "^3^", "</3", "<33", "8)", "0_0", "8-)"])
def test_a_face_is_no_task(reader: Reader, face: str) -> None:
    (understood,) = reader.read(f"done 2 {face}").intents
    assert understood.slots["tasks"] == [2]
    assert acts(reader.read(f"thanks {face}")) == []


@pytest.mark.parametrize("text", ["thx<3", "thx <3", "<3", "<3 <3"])
def test_a_heart_alone_marks_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


def test_numbers_listed_with_brackets_are_still_tasks(reader: Reader) -> None:
    (understood,) = reader.read("done 1) 2) 8)").intents
    assert understood.slots["tasks"] == [1, 2, 8]


@pytest.mark.parametrize(
    "text",
    ["last month i paused for two weeks", "i paused for two weeks in june", "we paused the project for a month",
     "i was on a break for two weeks", "i set it to 9am last week", "the book says pause for two weeks",
     "my coach says pause for a week", "the article recommends a pause of two weeks", "pause, rewind, play",
     "my resume is ready", "my resume is finished", "took me 8 hours", "8 hours a week"],
)  # fmt: skip
def test_what_was_or_is_advised_is_asked_about_at_most(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("pause for two weeks", "pause"), ("i took a break, pause me for two weeks please", "pause"),
     ("change my reminder to 7 pm, 9 was too late", "set_time"), ("resume my plan", "resume"),
     ("remind me in 8 hours", "snooze"), ("oops i meant to undo 2", "undo"), ("guess what, 3 is done", "done")],
)  # fmt: skip
def test_a_wish_with_such_a_word_is_still_one(reader: Reader, text: str, name: str) -> None:
    assert acts(reader.read(text)) == [name]


@pytest.mark.parametrize(
    "text", ["two thirds through task 3", "three quarters of task 4", "guess 3 is done then", "guess im done with 2",
             "i ticked 3 but i meant 4", "i said 3 but i meant 2", "oops i meant 4"],
)  # fmt: skip
def test_parts_guesses_and_corrections_mark_nothing_unasked(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    ("text", "tasks"),
    [("2 is all done", [2]), ("task 2 all done", [2]), ("all done with 2", [2]), ("1-3 are all done", [1, 2, 3]),
     ("1 and 3 are all done", [1, 3]), ("all of 1 and 2 done", [1, 2]), ("i finished all of 2", [2]),
     ("1 2 3 all finished", [1, 2, 3])],
)  # fmt: skip
def test_wholly_done_is_not_everything_done(reader: Reader, text: str, tasks: list[int]) -> None:
    (understood,) = reader.read(text).intents
    assert (understood.name, understood.slots) == ("done", {"tasks": tasks})


@pytest.mark.parametrize(
    "text", ["all done", "done all", "all tasks done", "all 5 tasks are done", "all of it is done"]
)
def test_everything_done_is_everything(reader: Reader, text: str) -> None:
    assert reader.read(text).intents[0].slots == {"all": True}


@pytest.mark.parametrize("text", ["all done but 3", "all are done but 3", "all done but not 3", "all but 3 done"])
def test_what_is_left_out_is_left_out(reader: Reader, text: str) -> None:
    assert reader.read(text).intents[0].slots == {"all": True, "except": [3]}


@pytest.mark.parametrize("text", ["done in 2", "open 3", "at 2 now"])
def test_what_may_be_an_hour_or_a_look_is_asked_about(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    ("said", "acting"), [("all three done", []), ("all five done", ["done"]), ("all done", ["done"])]
)
def test_a_number_of_all_that_is_not_all_is_asked_about(reader: Reader, said: str, acting: list[str]) -> None:
    tasks = tuple(OpenTask(number, f"w1-t{number}", f"Task {number}", (), 1) for number in range(1, 6))
    assert acts(reader.read(said, Scene(tasks=tasks))) == acting


@pytest.mark.parametrize("text", ["skip 3", "skip 2 and 3", "except 3", "leave out 2"])
def test_what_is_skipped_does_not_make_the_rest_done(reader: Reader, text: str) -> None:
    tasks = tuple(OpenTask(number, f"w1-t{number}", f"Task {number}", (), 1) for number in range(1, 6))
    assert acts(reader.read(text, Scene(tasks=tasks))) == []


def test_all_but_one_still_is(reader: Reader) -> None:
    tasks = tuple(OpenTask(number, f"w1-t{number}", f"Task {number}", (), 1) for number in range(1, 6))
    assert acts(reader.read("done all except 3", Scene(tasks=tasks))) == ["done"]
