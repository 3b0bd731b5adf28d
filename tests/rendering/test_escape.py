"""What people type is shown as they typed it, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import Prose
from bot.rendering.escape import as_markdown
from bot.rendering.markup import plain

MARKUP = "*_`[]()<>&#|~\\-+=.!:'\"0129 \nax"
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1) | st.text(MARKUP, min_size=1)


ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


def shown(text: str) -> str:
    """What is seen of a text: what keeps its direction to itself takes no ink."""
    return text.translate(ISOLATES)


def kept(text: str) -> bool:
    """Text whose lines neither begin nor end in space, with no blank ones: CommonMark keeps no other."""
    return all(line and line == line.strip() for line in text.split("\n"))


@given(WORDS.map(shown).filter(kept))
def test_any_text_survives_at_the_start_of_a_line(text: str) -> None:
    assert shown(plain(as_markdown(text))) == text


@given(WORDS.map(shown).filter(kept))
def test_any_text_survives_inside_a_sentence_and_inside_bold(text: str) -> None:
    assert shown(plain(f"You said {as_markdown(text)}, **Ada**.")) == f"You said {text}, Ada."


@pytest.mark.parametrize("name", ["\u05e9\u05e8\u05d4", "\u0645\u062d\u0645\u062f", "Ada \u202e"])
def test_a_name_written_from_right_to_left_keeps_its_direction_to_itself(name: str) -> None:
    assert as_markdown(name) == f"\u2068{name}\u2069"
    assert as_markdown(f"one\n{name}") == f"one\n\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["Ada", "\u00c9mile", "\u5f20\u4f1f", "\u0410\u043d\u043d\u0430"])
def test_other_names_are_left_as_they_are(name: str) -> None:
    assert as_markdown(name) == name


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "- no list", "1. no list", "12) no list", "> no quote", "---", "===", "a\n===",
        "```", "**not bold**", "[not](a://link)", "<b>", "&amp;", "a\\*b", "2.5", "~~~", "| a | b |", "![no](picture)",
    ],
)  # fmt: skip
def test_what_looks_like_markup_is_shown_letter_for_letter(text: str) -> None:
    assert plain(as_markdown(text)) == text


def test_our_own_prose_keeps_its_markup() -> None:
    assert as_markdown(Prose("**bold**")) == "**bold**"
    assert as_markdown("**bold**") != "**bold**"


@pytest.mark.parametrize(("value", "shown"), [(3, "3"), (2.5, "2.5"), (-1, "-1"), (None, "None")])
def test_numbers_are_shown_as_they_are(value: object, shown: str) -> None:
    assert plain(as_markdown(value)) == shown
