"""Whole lines that mean a command, in the notation of the file that lists them."""

from __future__ import annotations

import pytest

from bot.understanding.sentences import LONGEST, Sentences

SAID = Sentences(
    {
        "parts": {"group": ["my group", "the group"], "please": ["please", "can you"]},
        "never": ["off", "the"],
        "lines": {
            "kick": ["kick {name} [from {group}]", "call {name} king"],
            "news": ["news on {when}"],
            "group_ask": ["[{please}] ask {group} {rest}"],
            "giving-up": ["i give up [now]", "[maybe] i should quit [now] [already]"],
        },
    }
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ask my group how joins work", "group_ask how joins work"),
        ("Please, ask the group: Why is `X` None?", "group_ask Why is `X` None?"),
        ("CAN YOU ask my group it.", "group_ask it"),
        ("Kick Cyrus.", "kick Cyrus"),
        ("kick @Mary Ann from the group", "kick @Mary Ann"),
        ("call Bo, king", "kick Bo"),
        ("news on Fridays at 6 pm", "news fridays 6pm"),
        ("news on monday 10", "news monday 10:00"),
        ("I give up!", "giving-up"),
        ("i give up now", "giving-up"),
        ("maybe I should quit already", "giving-up"),
        ("i should quit now already", "giving-up"),
    ],
)
def test_a_line_of_the_file_is_heard_with_what_may_be_left_out_and_its_rest_as_it_was_said(
    text: str, line: str
) -> None:
    assert SAID.command_in(text) == line


@pytest.mark.parametrize(
    "text",
    ["", "?", "ask my group", "task my group how", "kick off", "kick the ball", "kick a b c",
     "news on tv", "news on friday were good", "i give up smoking", "i give up on task 2", "they should quit",
     "ask my group " + "x" * LONGEST],
)  # fmt: skip
def test_a_line_that_says_more_or_less_than_one_of_the_file_is_none_of_it(text: str) -> None:
    assert SAID.command_in(text) == ""


def test_without_a_file_nothing_is_heard() -> None:
    assert Sentences({}).command_in("i give up") == ""
