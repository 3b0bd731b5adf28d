"""Fences are found where CommonMark finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.catalog.fences import find_fences, too_deep


def by_the_book(text: str) -> list[tuple[str, str]]:
    """What a CommonMark parser finds at the top level."""
    tokens = MarkdownIt("commonmark").parse(text)
    return [(token.info.strip(), token.content) for token in tokens if token.type == "fence" and token.level == 0]


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx\n```\n",
        "~~~ js extra words \nx\n~~~\n",
        "````text\n```python\nx\n```\n````\n",
        "```\nx\n~~~\n```\n",
        "   ```python\n   x\n     y\n  z\n   ```\n",
        "    ```python\n    x\n    ```\n",
        "```python\nnever closed\n\nto the end\n",
        "``` a`b\nnot a fence\n",
        "~~~ a`b\na fence\n~~~\n",
        "```python\nx\n``` no closing\ny\n`````\n",
        "text\n```\n\n\n```\ntext\n```a\nb\n```",
        "```python\n    ```\nstill inside\n```",
        "`````\n````\n`````   \nafter\n",
    ],
)
def test_the_same_blocks_are_found_as_by_a_commonmark_parser(text: str) -> None:
    assert [(fence.info, fence.text) for fence in find_fences(text)] == by_the_book(text)


LINES = st.sampled_from(
    ["```", "````", "~~~", "```python", "~~~ x`y", "``` x`y", "  ```", "text", "", "   ````  ", "``"]
)


@given(st.lists(LINES, max_size=12))
def test_random_heaps_of_fences_are_read_like_a_commonmark_parser_reads_them(lines: list[str]) -> None:
    text = "\n".join([*lines, "end", ""])

    assert [(fence.info, fence.text) for fence in find_fences(text)] == by_the_book(text)


def test_a_fence_knows_its_lines_language_and_flags() -> None:
    (fence,) = find_fences("a\n\n```python raises file=a.py\nx\n```\nb")

    assert (fence.line, fence.end, fence.closed) == (3, 5, True)
    assert (fence.language, fence.flags) == ("python", ("raises", "file=a.py"))


def test_a_fence_without_an_end_is_known_as_open() -> None:
    (fence,) = find_fences("```\nx")

    assert not fence.closed
    assert (fence.language, fence.flags) == ("", ())


def test_fences_that_sink_into_a_list_are_found_out() -> None:
    assert too_deep("- a\n\n    ```python\n    x\n    ```\n\n```\n    ```\n```\n") == (3,)
