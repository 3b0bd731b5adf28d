"""Only a bare claim is acted on at once; whatever stands beside it that may change its meaning makes it a question."""

from __future__ import annotations

import pytest

from bot.understanding.reader import Reader
from tests.understanding.test_never_harms import acts


@pytest.mark.parametrize(
    "text",
    [
        "finished 4, psych!", "did 1 and 2. sike", "task 2 is done... or is it", "i finished 3, or did i",
        "3 is done, i guess", "4 is finished, not sure though", "completed 2, right?", "apparently 3 is done",
        "i think i finished 2", "done 5 i suppose", "finished 2 no 3", "1 is technically done",
    ],
)  # fmt: skip
def test_a_claim_that_is_doubted_or_taken_back_is_a_question(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "2 done by my dog", "nina has completed 1 and 2", "Ben finished 3", "the intern finished task 3",
        "3 was finished by a stranger", "whoever sat here before me finished 2", "Dave did 4",
    ],
)  # fmt: skip
def test_what_another_one_did_is_not_marked(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "pod 2 is done", "model 1 finished training", "the third epoch finished", "job 4 completed", "layer 3 is done",
        "python 3 is done", "docker finished 3", "fold 5 finished with 0.91", "gpus 1 and 2 are done",
        "batch 2 is ready",
    ],
)  # fmt: skip
def test_a_number_of_the_subject_is_no_task(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("everything's done minus 4", [4]), ("all done save for 2", [2]), ("everything aside from 3 is finished", [3]),
        ("finished everything barring 1", [1]), ("all of it is done with the exception of 5", [5]),
    ],
)  # fmt: skip
def test_an_exception_is_heard_in_many_words(reader: Reader, text: str, left_out: list[int]) -> None:
    intent = reader.read(text).intents[0]
    assert (intent.name, intent.slots.get("all"), intent.slots.get("except")) == ("done", True, left_out)


@pytest.mark.parametrize(
    "text",
    [
        "done 2", "finished 3", "task 4 is done", "i did 1 and 3", "done 2, that was hard!", "finished 3 last night",
        "you can tick 4", "can you mark 2", "i jsut finished 3", "tsk 3 done", "done 2 yesterday", "all done!",
        "2 and 4 are done, skip 5", "i finished 1, 2 and 3 today", "finished the pandas bit",
    ],
)  # fmt: skip
def test_a_bare_claim_is_acted_on_at_once(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("weeks 2 through 4 are done", [2, 3, 4]), ("i finished weeks 1 and 2", [1, 2])],
)
def test_several_weeks_are_offered_one_by_one(reader: Reader, text: str, weeks: list[int]) -> None:
    understood = reader.read(text)
    assert understood.asks_first
    assert [choice.slots["week"] for choice in understood.choices] == weeks


@pytest.mark.parametrize(
    "text",
    [
        "it's noon in tokyo", "8 pm in dubai now", "not 6 pm", "not mondays", "never on sundays", "9 am is too early",
        "if i lived in tokyo", "maybe pause", "pause 2 weeks jk", "pause for a week... nah", "mondays dont work",
        "not monday or tuesday",
    ],
)  # fmt: skip
def test_what_is_refused_told_or_dreamt_of_sets_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize("text", ["stop quizzing me", "don't quiz me", "no more quizzes please", "quit testing me"])
def test_a_quiz_that_is_not_wanted_is_not_begun(reader: Reader, text: str) -> None:
    understood = reader.read(text)
    assert all(intent.name != "quiz" or intent.slots.get("negated") for intent in understood.intents)


def test_a_stray_forget_opens_no_door_to_deleting(reader: Reader) -> None:
    assert reader.read("forget to floss").intents[0].name != "delete_data"
