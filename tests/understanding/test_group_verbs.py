"""What people want of their group in plain words is the command that does it; what only sounds like it is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.understanding.sentences import Sentences, sentences
from tests.understanding.evaluate import SETS

FILE = Path(__file__).parents[2] / "content" / "messages" / "en" / "_sentences.yaml"
FLOOR = 0.9


@pytest.fixture(scope="module")
def said() -> Sentences:
    return sentences(FILE)


def rows(*names: str) -> list[dict[str, object]]:
    return [json.loads(row) for name in names for row in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_most_of_what_strangers_say_to_their_group_is_heard(said: Sentences) -> None:
    wanted = [row for row in rows("passerby", "passerby_again") if "command" in row]
    heard = [said.command_in(str(row["text"])) == row["command"] for row in wanted]
    assert len(heard) > 25
    assert sum(heard) / len(heard) >= FLOOR


def test_no_line_that_tempts_is_taken_for_a_groups_command(said: Sentences) -> None:
    tempting = [str(row["text"]) for name in ("passerby", "passerby_again", "harm", "strangers", "messy", "onlooker")
                for row in rows(name) if row.get("must_not")]  # fmt: skip
    assert [text for text in tempting if said.command_in(text).startswith("group_")] == []


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("kick Cyrus", "group_remove Cyrus"),
        ("Please ban @troll from the group!", "group_remove @troll"),
        ("take Mary Ann out of our group pls", "group_remove Mary Ann"),
        ("rename our group", "group_rename"),
        ("rename our group please", "group_rename"),
        ("Rename our group to Café Überfit", "group_rename Café Überfit"),
        ("call our group Plan B from now on", "group_rename Plan B"),
        ("what's the invite link?", "group_invite"),
        ("i need a new invite code", "group_invite new"),
        ("move the digest to mondays at 9 am", "group_digest mondays 9am"),
        ("send our group digest on Friday at 18:30", "group_digest friday 18:30"),
        ("stop the weekly digest here", "group_digest off"),
        ("give Bo a high five", "group_cheer Bo"),
        ("make Dana an organiser", "group_role Dana"),
        ("hand our group over to Dana", "group_transfer Dana"),
        ("disband our group", "group_dissolve"),
        ("tell the group that we meet at 8", "group_announce we meet at 8"),
        ("can anybody in my group help me with joins", "group_ask Can anybody help with joins"),
    ],
)
def test_a_wish_is_heard_with_its_words_as_they_were_typed(said: Sentences, text: str, command: str) -> None:
    assert said.command_in(text) == command


@pytest.mark.parametrize(
    "text",
    ["kick off the job", "kick the habit", "kick him", "ban all bots", "don't kick Cyrus", "should we kick Cyrus?",
     "why did you kick Cyrus", "bo said kick Cyrus", "cheer up", "cheers mate", "remove the file", "remove 2",
     "the digest on friday was great", "rename the column to price", "throw an exception", "drop a column",
     "take me out of the group", "kick me out of the group", "remove them",
     "get help from the group", "give 2 cheers", "invite code is wrong"],
)  # fmt: skip
def test_a_line_that_only_sounds_like_one_is_left_to_understanding(said: Sentences, text: str) -> None:
    assert not said.command_in(text).startswith("group_")
