"""Of several wishes the plain ones are done and only the doubtful one is asked about."""

from __future__ import annotations

import pytest

from bot.domain.intent import Intent
from bot.understanding.reader import Reader


def tasks(intent: Intent) -> object:
    return intent.slots.get("tasks")


@pytest.mark.parametrize(
    ("text", "sure", "asked"),
    [
        ("mark 1 done, pause for a week, maybe", ["done"], ["pause"]),
        ("done 1; delete my data; leave group", ["done"], ["delete_data", "group_leave"]),
        ("what's next? also delete my account", ["next"], ["delete_data"]),
        ("done 2, my account can be deleted, show my progress", ["done", "progress"], ["delete_data"]),
    ],
)
def test_the_plain_wishes_need_no_question(reader: Reader, text: str, sure: list[str], asked: list[str]) -> None:
    understood = reader.read(text)
    assert understood.asks_first
    assert [intent.name for intent in understood.sure] == sure
    assert [intent.name for intent in understood.intents if intent not in understood.sure] == asked
    assert {intent.name for intent in understood.choices} >= set(asked)


@pytest.mark.parametrize(
    ("text", "done", "doubtful"),
    [
        ("done 1 and 2, bo did 3", [1, 2], [3]),
        ("done 4 and also maybe 5", [4], [5]),
        ("finished 1, anna finished 2", [1], [2]),
        ("did 1. i guess 2 is done", [1], [2]),
    ],
)
def test_a_plain_claim_is_kept_apart_from_a_doubtful_one(
    reader: Reader, text: str, done: list[int], doubtful: list[int]
) -> None:
    understood = reader.read(text)
    assert [tasks(intent) for intent in understood.sure] == [done]
    asked = [tasks(intent) for intent in understood.intents if intent not in understood.sure]
    assert asked in ([doubtful], [])


@pytest.mark.parametrize(
    "text",
    ["bo did 3, done 1", "if 1 is done, mark 2", "done 1 or 2, maybe 3", "done 1 and 2, no wait", "done 1... jk, 2 too",
     "Bo: done 1, what's next", "mark 1 done once bo did 3",
     "did 1? bo did 2", "pause? no. done 1", "mark 1 done? and 2 maybe", "done 2*3", "2 * 3 done"],
)  # fmt: skip
def test_what_hangs_together_is_asked_about_as_a_whole(reader: Reader, text: str) -> None:
    assert "done" not in [intent.name for intent in reader.read(text).sure if not intent.slots.get("negated")]


@pytest.mark.parametrize(("text", "done"), [("2 ✔️ 3 ❌", [2]), ("1 ✅ 2 ✅ 3 ⏳", [1, 2]), ("✅ 1 ❌ 2", [1])])
def test_each_task_has_the_picture_beside_it(reader: Reader, text: str, done: list[int]) -> None:
    understood = reader.read(text)
    assert [tasks(intent) for intent in understood.sure] == [done]


@pytest.mark.parametrize("text", ["2 ❌", "❌ 2", "2 3 ❌", "2 ❌ 3", "1 ❌ 2 ❌", "✅ 2 ❌"])
def test_pictures_that_are_not_plainly_a_tasks_own_mark_nothing(reader: Reader, text: str) -> None:
    assert [intent for intent in reader.read(text).sure if intent.name == "done"] == []


@pytest.mark.parametrize("text", ["2*3", "2 * 3", "3 x 2 = 6", "2×3", "2^3", "1+1=2", "2 times 3", "3 minus 1"])
def test_a_sum_marks_nothing(reader: Reader, text: str) -> None:
    assert [intent.name for intent in reader.read(text).sure if intent.name in ("done", "undo")] == []


@pytest.mark.parametrize(
    "text",
    ["i'll be back monday", "back on friday", "wont be around till thursday", "i wake up at 6 every day",
     "this link is dead https://example.com/a", "weekly digest on saturdays at 10", "took 2 days off last week",
     "pls tick the third task"],
)  # fmt: skip
def test_what_is_merely_told_changes_nothing_at_once(reader: Reader, text: str) -> None:
    changes = {"pause", "set_time", "submit_project", "undo", "snooze", "set_timezone"}
    assert [intent.name for intent in reader.read(text).sure if intent.name in changes] == []
