"""Several wishes in one line come out in order; greetings and asides fall away."""

from __future__ import annotations

import pytest

from bot.understanding.clauses import groupings
from bot.understanding.quoting import without_quotes
from bot.understanding.reader import Reader


def names(reader: Reader, text: str) -> list[str]:
    return [intent.name for intent in reader.read(text).intents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("done 1 and 2, not 3, what's next?", ["done", "next"]),
        ("task 3 done, show my progress", ["done", "progress"]),
        ("mark 1 done and quiz me", ["done", "quiz"]),
        ("I finished reading about pandas, what now?", ["done", "next"]),
        ("hi there, whats next?", ["next"]),
        ("hey, done 2! thanks", ["done"]),
        ("exams are over, turn it back on", ["resume"]),
        ("too much for me this week, can we slow down", ["catch_up"]),
        ("why is my accuracy 99% but it never finds fraud", ["ask"]),
    ],
)
def test_one_line_may_hold_several_wishes(reader: Reader, text: str, expected: list[str]) -> None:
    assert names(reader, text) == expected


def test_three_clauses_can_be_joined_in_four_ways() -> None:
    assert sorted(map(len, groupings(3))) == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "left", "quoted"),
    [
        ("> delete my data\nwhy?", "why?", True),
        ('he said "done 3" today', "he said   today", True),
        ('"what\'s next"', "what's next", True),
        ("what's next", "what's next", False),
        ("> only a quotation", "", True),
    ],
)
def test_quotations_are_set_aside(text: str, left: str, quoted: bool) -> None:
    own, found = without_quotes(text)
    assert (own.strip(), found) == (left, quoted)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what shud i do nxt", "next"),
        ("shw my progres", "progress"),
        ("rmind me latr", "snooze"),
        ("jion the group", "group_join"),
        ("whats nexttt", "next"),
        ("thnks", "thanks"),
    ],
)
def test_slips_and_slang_are_read_through(reader: Reader, text: str, meant: str) -> None:
    assert names(reader, text)[0] == meant
