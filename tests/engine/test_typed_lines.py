"""A typed line or a button as arguments: strictly, so that a doubtful line is left to understanding."""

from __future__ import annotations

import pytest

import bot.commands
from bot.engine.command import Args
from bot.engine.registry import Registry

REGISTRY = Registry.discover(bot.commands)


def parsed(line: str) -> tuple[str, Args] | None:
    found = REGISTRY.parse_line(line)
    return (found[0].name, found[1]) if found else None


@pytest.mark.parametrize(
    ("line", "name", "args"),
    [
        ("done 1, 2 and 4", "done", {"tasks": ["1", "2", "4"]}),
        ("done 1-3", "done", {"tasks": ["1", "2", "3"]}),
        ("done all", "done", {"tasks": ["all"]}),
        ("done all but 2", "done", {"all": True, "except": [2]}),
        ("done all except 1-2 and 4", "done", {"all": True, "except": [1, 2, 4]}),
        ("done 2 of week 3", "done", {"tasks": ["2"], "week": 3}),
        ("done all of last week", "done", {"tasks": ["all"], "week": "-1"}),
        ("did week 3", "done", {"tasks": ["all"], "week": 3}),
        ("done pandas-clean-csv", "done", {"tasks": ["pandas-clean-csv"]}),
        ("/week@milepost_bot 16", "week", {"week": 16}),
        ("WEEK 16", "week", {"week": 16}),
        ("group board", "group_board", {}),
        ("at mon 9:30", "at", {"weekday": "mon", "time": "09:30"}),
        ("at 7pm", "at", {"time": "19:00"}),
        ("zone New York", "zone", {"place": "New York"}),
    ],
)
def test_a_line_that_fits_is_read(line: str, name: str, args: dict[str, object]) -> None:
    found = parsed(line)
    assert found is not None
    assert found[0] == name
    assert {key: str(value) for key, value in found[1].items()} == {key: str(value) for key, value in args.items()}


@pytest.mark.parametrize(
    "line", ["", "   ", "done with it", "done 1 please mark it", "week sixteen and a half", "next week",
     "undo the first", "week 1e9", "at noonish", "nonsense"]
)  # fmt: skip
def test_a_line_that_only_begins_like_a_command_is_none(line: str) -> None:
    assert parsed(line) is None


@pytest.mark.parametrize("line", ["done 3-1", "done 0-9", "done 1-999"])
def test_a_range_that_cannot_be_is_not_spelled_out(line: str) -> None:
    found = parsed(line)
    assert found is None or found[1]["tasks"] == [line.split()[1]]
