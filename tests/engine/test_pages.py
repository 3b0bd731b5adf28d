"""A note on a phone: paragraphs flow, and what has lines of its own keeps them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.catalog.topic_loader import load_topics
from bot.domain.topic import Section, SectionKey, Topic
from bot.engine.pages import ROOM, pages
from bot.resources import shipped


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


def test_a_heading_stands_with_what_is_under_it() -> None:
    pages_ = shown("word " * 120 + "\n\n### Heading\n\n" + "more " * 100)
    assert len(pages_) == 2
    assert pages_[1].startswith("### Heading\n\nmore")


def test_a_line_that_announces_code_stands_with_it() -> None:
    code = "```python\n" + "print(1)\n" * 40 + "```"
    assert shown("word " * 120 + "\n\nLike this:\n\n" + code)[1] == f"Like this:\n\n{code}"


def test_two_screens_share_what_one_cannot_hold() -> None:
    blocks = ["word " * 55 for _ in range(4)]
    first, second = shown("\n\n".join(blocks))
    assert abs(len(first) - len(second)) < 10


def test_no_screen_of_the_library_ends_before_what_it_announces() -> None:
    for topic in load_topics(shipped("content") / "topics"):
        made = pages(topic)
        assert not [page.text for page in made if page.text.splitlines()[-1].startswith("#")]
        ends = [a.text for a, b in pairwise(made) if a.text.endswith(":") and a.section is b.section]
        assert len(ends) <= 1, topic.id
