"""The offline answer, asked at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.opening import OfflineAnswers
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Answer, Outcome, Question
from bot.domain.catalog import Catalog
from bot.resources import shipped

CONTENT = shipped("content")
A, B = "ml-engineer-40", "full-stack-ml-36"


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[Catalog, OfflineAnswers]]:
    catalog = load_catalog(CONTENT)
    yield catalog, OfflineAnswers(CONTENT, catalog, NoteLibrary(CONTENT / "topics"))


def answer(opened: tuple[Catalog, OfflineAnswers], text: str, roadmap: str = A, week: int | None = None) -> Answer:
    catalog, answers = opened
    return answers.answer(Question(text, catalog.roadmap(roadmap), week))


def test_a_misspelt_question_finds_its_note(opened: tuple[Catalog, OfflineAnswers]) -> None:
    assert answer(opened, "what is overfiting and regularisaton").citations[0].note == "overfitting"


def test_an_error_message_finds_its_case(opened: tuple[Catalog, OfflineAnswers]) -> None:
    found = answer(opened, "ModuleNotFoundError: No module named 'imblearn'")
    assert "python -m pip install imbalanced-learn" in found.text


def test_the_same_note_is_cited_with_the_week_of_the_roadmap_asked_on(opened: tuple[Catalog, OfflineAnswers]) -> None:
    assert answer(opened, "merge vs rebase", A).citations[0].weeks == (17,)
    assert answer(opened, "merge vs rebase", B).citations[0].weeks == (8,)


def test_the_learners_week_does_not_hide_another(opened: tuple[Catalog, OfflineAnswers]) -> None:
    assert answer(opened, "what is a dataframe", A, week=35).citations[0].weeks == (3,)


def test_code_is_kept_whole(opened: tuple[Catalog, OfflineAnswers]) -> None:
    text = answer(opened, "code for a random forest in sklearn").text
    assert text.count("```") == 2
    assert text.rstrip().endswith("```")


def test_an_answer_is_short_enough_for_a_phone(opened: tuple[Catalog, OfflineAnswers]) -> None:
    prose = answer(opened, "what is a neural network").text.split("```")[0]
    assert 150 < len(prose) < 1300


def test_what_only_another_roadmap_has_is_said_to_be_uncovered(opened: tuple[Catalog, OfflineAnswers]) -> None:
    found = answer(opened, "what is a redux reducer", A)
    assert found.outcome is Outcome.UNCOVERED
    assert found.citations


def test_everyday_questions_are_led_back(opened: tuple[Catalog, OfflineAnswers]) -> None:
    for text in ("how do i cook rice", "who won the election", "what do pandas eat at the zoo", "🙂", ""):
        assert answer(opened, text).outcome is Outcome.OFF_TOPIC


def test_a_kept_index_answers_as_a_fresh_one_and_a_damaged_one_is_built_anew(
    opened: tuple[Catalog, OfflineAnswers], tmp_path: Path
) -> None:
    catalog, fresh = opened
    question = Question("why does a deep tree learn the noise", catalog.roadmap(A))
    for damage in (False, False, True):
        kept = OfflineAnswers(CONTENT, catalog, NoteLibrary(CONTENT / "topics"), tmp_path)
        assert kept.answer(question).text == fresh.answer(question).text
        (file,) = tmp_path.glob("answers-*.json")
        if damage:
            file.write_text("{")
