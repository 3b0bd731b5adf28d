"""What is read of a text."""

from __future__ import annotations

from bot.domain.text import MAX_TEXT, both_ends


def test_of_a_text_that_is_too_long_both_ends_are_read() -> None:
    read = both_ends(f"first {'x' * 9000} last")
    assert len(read) <= MAX_TEXT
    assert read.startswith("first ")
    assert read.endswith(" last")
    assert both_ends("x" * MAX_TEXT) == "x" * MAX_TEXT
