"""Labels typed instead of tapped, and yes and no to what was asked."""

from __future__ import annotations

import pytest

from bot.domain.message import Button, Rendered
from bot.engine import offers


def shown(*buttons: Button) -> str:
    return offers.written([Rendered("t", "", (buttons,))])


def test_a_label_is_typed_in_any_case_with_any_marks_at_its_ends() -> None:
    offered = shown(Button("What's next?", "next"), Button("15-minute version", "quick"))
    for said in ("what's next", "WHAT\u2019S  NEXT?", "What's next!"):
        assert offers.chosen(said, offered, asked=False) == "next"
    assert offers.chosen("15-minute version", offered, asked=False) == "quick"


def test_a_label_that_stands_for_two_things_stands_for_none() -> None:
    offered = shown(Button("Done", "done a"), Button("done", "done b"), Button("Undo", "undo"))
    assert offers.chosen("done", offered, asked=False) == ""
    assert offers.chosen("undo", offered, asked=False) == "undo"


def test_two_buttons_of_one_label_that_do_the_same_are_one() -> None:
    assert offers.chosen("done", shown(Button("Done", "done a"), Button("Done", "done a")), asked=False) == "done a"


@pytest.mark.parametrize("said", ["yes", "OK", "sure!", "that's right"])
def test_yes_is_the_one_thing_offered_beside_leaving_it(said: str) -> None:
    assert offers.chosen(said, shown(Button("Pause", "pause"), Button("No", offers.AS_IT_IS)), asked=False) == "pause"


def test_yes_is_nothing_where_two_things_are_offered_or_no_way_out_is() -> None:
    two = shown(Button("Pause", "pause"), Button("Stop", "finish"), Button("No way", offers.AS_IT_IS))
    assert offers.chosen("yes", two, asked=False) == ""
    assert offers.chosen("yes", shown(Button("Undo", "undo")), asked=False) == ""


def test_yes_is_the_button_that_says_so() -> None:
    offered = shown(Button("Yes", "zone Europe/Berlin"), Button("Another city", "zone"), Button("Next", "next"))
    assert offers.chosen("yep", offered, asked=False) == "zone Europe/Berlin"
    assert offers.chosen("no", offered, asked=False) == "zone"


@pytest.mark.parametrize("said", ["no", "Never mind.", "nope", "cancel"])
def test_no_leaves_all_as_it_is_where_something_was_asked_and_only_there(said: str) -> None:
    assert offers.chosen(said, "", asked=True) == offers.AS_IT_IS
    assert offers.chosen(said, shown(Button("Undo", "undo")), asked=False) == ""


def test_a_number_said_to_a_yes_or_no_marks_nothing() -> None:
    offered = shown(Button("Delete everything", "forget sure"), Button("Keep it", offers.AS_IT_IS))
    assert offers.chosen("1", offered, asked=False) == offers.AS_IT_IS
    assert offers.chosen("1", shown(Button("Undo", "undo")), asked=False) == ""


def test_what_was_written_is_read_again_and_broken_lines_are_passed_over() -> None:
    assert offers.read(shown(Button("Undo", "undo"))) == {"undo": "undo"}
    assert offers.read("no tab here\nundo\tundo\n") == {"undo": "undo"}
