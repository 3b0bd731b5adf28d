"""A note on a phone: paragraphs flow, and what has lines of its own keeps them."""

from __future__ import annotations

import pytest

from bot.domain.topic import Section, SectionKey, Topic
from bot.engine.pages import ROOM, pages


def shown(text: str) -> list[str]:
    topic = Topic("t", "python", "T", "", (Section(SectionKey.IDEA, text),))
    return [page.text for page in pages(topic)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one line\nof a paragraph\n`goes` on", "one line of a paragraph `goes` on"),
        ("two\n\nparagraphs", "two\n\nparagraphs"),
        ("- an item\n  of two lines\n- another", "- an item of two lines\n- another"),
        ("1. first\n   goes on\n2. second", "1. first goes on\n2. second"),
        ("a sentence\n**bold** and\n-5 degrees", "a sentence **bold** and -5 degrees"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("```python\nx = 1\nprint(x)\n```", "```python\nx = 1\nprint(x)\n```"),
        ("a hard  \nbreak", "a hard  \nbreak"),
        ("> said\n> twice", "> said\n> twice"),
    ],
)
def test_only_the_breaks_that_a_files_width_made_are_taken_out(written: str, read: str) -> None:
    assert shown(written) == [read]


def test_a_page_ends_between_blocks_and_code_is_never_cut() -> None:
    code = "```python\n" + "print(1)\n" * 60 + "```"
    first, second = shown("word " * 150 + "\n\n" + code)
    assert len(first) < ROOM
    assert second == code
