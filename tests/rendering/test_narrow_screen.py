"""What a narrow terminal shows: no line is wider than it, and no word is cut."""

from __future__ import annotations

import re

import pytest

from bot.adapters.terminal.screen import Screen, folded
from bot.domain.message import Button, Rendered

LABEL = "Deploy House Price Predictor (Phase 1) as Flask API"
TEXT = "Hi, I'm **Milepost**, and I walk you through *a learning roadmap*, one week at a time, `at your pace`."


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("width", [30, 40, 60])
def test_neither_words_nor_buttons_are_wider_than_the_terminal(colour: bool, width: int) -> None:
    buttons = (Button("What's next?", "next"), Button(LABEL, "week 19"))
    drawn = Screen(colour, lambda: width).draw(Rendered("next", TEXT, (buttons,)), buttons)
    plain = re.sub(r"\x1b\[[\d;]*m", "", drawn)
    assert max(map(len, plain.splitlines())) <= width
    assert " ".join(plain.split()).count(LABEL) == 1
    assert "walk you through a learning roadmap" in " ".join(plain.split())


def test_colours_take_no_room() -> None:
    assert folded("\x1b[1mtwelve\x1b[0m \x1b[36mletters\x1b[0m", 14) == ["\x1b[1mtwelve\x1b[0m \x1b[36mletters\x1b[0m"]


def test_indents_stay() -> None:
    assert folded("    four \x1b[1mspaces\x1b[0m", 40)[0].startswith("    four")
