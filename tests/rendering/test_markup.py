"""One CommonMark text in each dialect the core knows."""

from __future__ import annotations

import pytest

from bot.adapters.terminal.screen import ANSI, Screen
from bot.domain.message import Button, Rendered
from bot.rendering.markup import convert, plain

PLAIN_CASES = [
    ("**bold** and *soft*", "bold and soft"),
    ("`code`", "code"),
    ("```python\nx = 1\n\ny\n```", "x = 1\n\ny"),  # a fence keeps its blank lines
    ("one\ntwo", "one\ntwo"),  # single breaks are meant
    ("one\n\n\n\ntwo", "one\n\ntwo"),  # blank lines are one
    ("# Title\ntext", "Title\n\ntext"),
    ("- a\n- b", "• a\n• b"),
    ("3. a\n4. b", "3. a\n4. b"),  # a list may begin anywhere
    ("- a\n  - b", "• a\n   • b"),
    ("> said", "said"),
    ("[words](https://a.example/x)", "words (https://a.example/x)"),
    ("<https://a.example>", "https://a.example"),  # an address is its own words
    ("a\n\n---\n\nb", "a\n\n———\n\nb"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # HTML is text
    ("", ""),
]


@pytest.mark.parametrize(("text", "shown"), PLAIN_CASES)
def test_plain_text_takes_the_markup_off(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold**", "\x1b[1mbold\x1b[0m"),
        ("*soft*", "\x1b[3msoft\x1b[0m"),
        ("`code`", "\x1b[36mcode\x1b[0m"),
        ("[words](https://a.example)", "words (\x1b[4mhttps://a.example\x1b[0m)"),
    ],
)
def test_a_terminal_with_colour_gets_escape_codes(text: str, shown: str) -> None:
    assert convert(text, ANSI) == shown


def test_a_pipe_gets_no_escape_codes_and_numbered_buttons() -> None:
    buttons = (Button("Done", "done x"), Button("Later", "snooze"))
    drawn = Screen(colour=False).draw(Rendered("t", "**Next:** one thing", (buttons,)), buttons)
    assert drawn == "Next: one thing\n\n[1] Done  [2] Later"


def test_long_lines_are_wrapped_at_words() -> None:
    drawn = Screen(colour=False).draw(Rendered("t", "word " * 40), ())
    assert max(map(len, drawn.splitlines())) <= 78
    assert drawn.split() == ["word"] * 40


def test_a_narrow_terminal_gets_no_line_wider_than_itself() -> None:
    buttons = tuple(Button(f"A label of some length {n}", f"a{n}") for n in range(3))
    drawn = Screen(False, lambda: 40).draw(Rendered("t", "word " * 60, (buttons,)), buttons)
    assert max(map(len, drawn.splitlines())) <= 40
