"""Meaning beside words: the vectors that a library brings along, and what they change about an answer."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
import yaml

from bot.answers.desk import Desk
from bot.answers.embedding import Nearness, reordered
from bot.answers.opening import OfflineAnswers
from bot.answers.placing import Findings, Hit
from bot.answers.static_vectors import StaticVectors
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Outcome, Question
from bot.domain.catalog import Catalog
from bot.resources import shipped
from tests.answers.questions import FOLDER, read

CONTENT = shipped("content")
A = "ml-engineer-40"


@pytest.fixture(scope="module")
def vectors() -> StaticVectors:
    """Those that the development environment has."""
    found = StaticVectors.installed()
    assert found is not None, "make test installs them"
    return found


@pytest.fixture(scope="module")
def near(vectors: StaticVectors) -> Nearness:
    lines = [(4, "how do i undo a commit"), (1, "perfect in training, useless on new data"), (4, "what is a branch")]
    return vectors.embed(lines)


@pytest.fixture(scope="module")
def opened(vectors: StaticVectors) -> Iterator[tuple[Catalog, Desk]]:
    """A desk that knows meanings."""
    catalog = load_catalog(CONTENT)
    yield catalog, OfflineAnswers(CONTENT, catalog, NoteLibrary(CONTENT / "topics"), embedder=vectors).desk


def test_a_line_that_means_the_same_in_other_words_is_nearest(near: Nearness) -> None:
    far = near("i want to take back what i committed")
    assert far[4] > far[1] + 0.2


def test_of_the_lines_of_a_note_the_nearest_counts(near: Nearness) -> None:
    assert near("what is a branch").keys() == {1, 4}
    assert near("what is a branch")[4] == pytest.approx(1.0, abs=1e-3)
    assert near("how do i undo a commit")[4] == pytest.approx(1.0, abs=1e-3)


def test_a_text_without_words_is_near_nothing(near: Nearness) -> None:
    assert near("") == {1: 0.0, 4: 0.0}


def test_the_library_itself_stays_out_of_the_process_and_its_logs(near: Nearness) -> None:
    before = list(logging.getLogger().handlers)
    near("what is a branch")
    assert "wordllama" not in sys.modules
    assert "huggingface_hub" not in sys.modules
    assert logging.getLogger().handlers == before


def test_a_question_in_words_that_no_line_has_finds_its_week(opened: tuple[Catalog, Desk]) -> None:
    catalog, desk = opened
    answer = desk.answer(Question("i only have 200 photos", catalog.roadmap(A)))
    assert answer.citations[0].week.first == 12


def test_what_is_answered_and_what_is_refused_is_the_same_with_meanings_and_without(
    opened: tuple[Catalog, Desk],
) -> None:
    catalog, desk = opened
    plain = replace(desk, near=None)
    asked = [Question(a.text, catalog.roadmap(a.roadmap), a.current_week) for a in read(FOLDER / "tune-2.jsonl")[::4]]
    refused = yaml.safe_load((FOLDER / "refused.yaml").read_text(encoding="utf-8"))
    asked += [Question(line, catalog.roadmap(A)) for kind in refused.values() for line in kind.splitlines()[::4]]
    by_both, by_words = ([one.answer(question) for question in asked] for one in (desk, plain))
    assert [answer.outcome for answer in by_both] == [answer.outcome for answer in by_words]
    assert {Outcome.ANSWERED, Outcome.OFF_TOPIC, Outcome.UNSAFE} <= {answer.outcome for answer in by_both}
    assert by_both != by_words  # the order of the weeks is another one


def test_nothing_gets_surer_by_its_meaning(opened: tuple[Catalog, Desk]) -> None:
    catalog, desk = opened
    question = Question("why does my model do badly on new data", catalog.roadmap(A), 8)
    _, by_words = replace(desk, near=None).look_up(question)
    _, by_both = desk.look_up(question)
    before = {hit.week.id: hit.score for hit in by_words.hits}
    assert all(hit.score <= before[hit.week.id] for hit in by_both.hits)
    assert by_both.scores == by_words.scores


def test_the_nearest_note_and_a_week_by_its_own_words_lose_nothing(opened: tuple[Catalog, Desk]) -> None:
    catalog, _ = opened
    one, two, three = catalog.roadmap(A).weeks[:3]
    found = Findings((Hit(one, 7, 1.0), Hit(two, 8, 0.9), Hit(three, -1, 0.8)), {}, {7: 1.0, 8: 0.9})
    near: Mapping[int, float] = {7: 0.2, 8: 0.8}
    assert [(hit.week, hit.score) for hit in reordered(found, near).hits] == [
        (two, 0.9), (three, 0.8), (one, pytest.approx(0.7)),
    ]  # fmt: skip
