"""Names in pictures: what no font has is left out, what is wide takes its room."""

from __future__ import annotations

import pytest

from bot.rendering.lettering import drawable, short, width


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "\u0410\u0434\u0430",
        "\u0622\u062f\u0627",
        "\u090f\u0921\u093e",
        "\u05d0\u05d3\u05d4",
        "\u0e2d\u0e32\u0e14\u0e32",
        "007",
        "Nguy\u1ec5n",
    ],
)
def test_a_name_in_a_script_that_has_a_font_is_drawn_as_it_is(name: str) -> None:
    assert drawable(name) == name


@pytest.mark.parametrize("name", ["\u30a2\u30c0", "\u5468\u5929", "\uc544\ub2e4", "\U0001f680"])
def test_a_name_that_no_font_has_is_not_drawn_as_boxes(name: str) -> None:
    assert drawable(name) == ""
    assert drawable(f"Ada {name}") == "Ada"


def test_of_a_name_that_no_font_has_no_number_is_left_over() -> None:
    assert drawable("\u5468\u5929 (2)") == ""
    assert drawable("Ada (2)") == "Ada (2)"


def test_wide_letters_are_cut_sooner_than_narrow_ones() -> None:
    assert short("Ada", 24) == "Ada"
    wide, narrow = short("W" * 40, 24), short("i" * 43, 24)
    assert narrow == "i" * 43
    assert len(wide) < 16
    assert wide.endswith("…")
    assert width(wide) <= 25
