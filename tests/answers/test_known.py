"""Lines that learners paste word for word, and what they ask of installing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answers.installing import load_installing
from bot.answers.known import load_known
from bot.answers.opening import OfflineAnswers
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Outcome, Question
from bot.domain.catalog import Catalog
from bot.domain.feedback import exchange
from bot.resources import shipped
from tests.answers.questions import FOLDER, read

CONTENT = shipped("content")
KNOWN = load_known(CONTENT / "answers")
INSTALLING = load_installing(CONTENT / "answers")
NOTES = {topic.id for topic in NoteLibrary(CONTENT / "topics")}
A, B = "ml-engineer-40", "full-stack-ml-36"
LONGEST = 720
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def opened() -> tuple[Catalog, OfflineAnswers]:
    catalog = load_catalog(CONTENT)
    return catalog, OfflineAnswers(CONTENT, catalog, NoteLibrary(CONTENT / "topics"))


def test_each_known_line_finds_its_own_answer() -> None:
    strays = [(entry.name, line) for entry in KNOWN.entries for line in entry.lines if KNOWN.entry(line) is not entry]
    assert strays == []
    assert all(entry.lines for entry in KNOWN.entries)


def test_what_is_known_names_notes_that_exist_and_fits_a_phone() -> None:
    said = [entry.known for entry in KNOWN.entries]
    assert {note for known in said for note in known.notes} <= NOTES
    assert {note for thing in INSTALLING.things for note in thing.notes} <= NOTES
    assert [known.says for known in said if len(known.says) > LONGEST] == []


def test_each_thing_is_installed_in_a_way_that_is_described() -> None:
    for thing in INSTALLING.things:
        found = INSTALLING.answer(f"how do i install {thing.names[0]}")
        assert found is not None and "{" not in found.says, thing.names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how do i install numpy", "pip install numpy"),
        ("No module named 'sklearn'", "pip install scikit-learn"),
        ("npm install express", "npm install express"),
        ("how to install pandas in python", "pip install pandas"),
        ("No module named 'tasks_of_ada'", "a file of your own"),
        ("install redux in react", "@reduxjs/toolkit"),
    ],
)
def test_who_asks_how_something_is_installed_reads_its_own_command(text: str, said: str) -> None:
    found = INSTALLING.answer(text)
    assert found is not None and said in found.says


@pytest.mark.parametrize(
    "text",
    ["the install option does not appear", "i did 401 steps today", "titanic is a sad film", "done 2 and 3",
     "what is a list", "who is the king of the relation", "port a model to onnx", "do i install docker or podman"],
)  # fmt: skip
def test_lines_that_only_sound_like_it_have_no_known_answer(text: str) -> None:
    assert KNOWN.entry(text) is None
    assert INSTALLING.answer(text) is None


def test_installing_it_means_what_was_spoken_of(opened: tuple[Catalog, OfflineAnswers]) -> None:
    catalog, answers = opened
    for before, said in (
        ("what is streamlit", "pip install streamlit"), ("why does my model overfit", "nothing of its own to install"),
    ):  # fmt: skip
        thread = (exchange(1, before, "It is this.", NOW),)
        found = answers.answer(Question("how do I install it", catalog.roadmap(A), 8, thread))
        assert said in found.text, before


def test_a_word_too_long_to_read_is_not_answered_with_the_topic_before(
    opened: tuple[Catalog, OfflineAnswers],
) -> None:
    catalog, answers = opened
    thread = (exchange(1, "what is smote", "It invents rows.", NOW),)
    found = answers.answer(Question(f"explain {'x' * 300}", catalog.roadmap(A), 8, thread))
    assert found.outcome is not Outcome.ANSWERED


def test_what_a_roadmap_does_not_teach_is_not_answered_for_it(opened: tuple[Catalog, OfflineAnswers]) -> None:
    catalog, answers = opened
    found = answers.answer(Question("npm ERR! code ERESOLVE", catalog.roadmap(A), 8))
    assert "legacy-peer-deps" not in found.text
    assert "legacy-peer-deps" in answers.answer(Question("npm ERR! code ERESOLVE", catalog.roadmap(B), 8)).text


def test_beginners_lines_are_answered_with_what_helps(opened: tuple[Catalog, OfflineAnswers]) -> None:
    catalog, answers = opened
    asked = read(FOLDER / "beginners.jsonl")
    missed = []
    for one in asked:
        said = answers.answer(Question(one.text, catalog.roadmap(one.roadmap), one.current_week)).text.lower()
        if not all(any(term.lower() in said for term in group) for group in one.terms):
            missed.append(one.text)
    assert len(missed) <= 0.05 * len(asked), missed
