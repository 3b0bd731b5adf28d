"""The setting that lets answers also go by meaning: what operators are told, with what it needs and without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Program

pytestmark = pytest.mark.long

INSTALL = "pip install 'milepost[embeddings]'"
ASK = ("ask", "--roadmap", "ml-engineer-40")


@pytest.fixture
def lacking(tmp_path: Path) -> str:
    """A path of modules on which the library is a version that brings no vectors along."""
    package = tmp_path / "lacking" / "wordllama"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    return os.pathsep.join((str(package.parent), str(ROOT)))


def test_the_doctor_says_that_answers_go_by_meaning(program: Program) -> None:
    done = program.run("doctor", MILEPOST_ANSWERS_EMBEDDINGS="true")
    assert "✓ answers: found by words and meaning (wordllama)" in done.stdout
    assert done.returncode == 0


def test_the_doctor_says_how_to_install_what_is_missing(program: Program, lacking: str) -> None:
    done = program.run("doctor", MILEPOST_ANSWERS_EMBEDDINGS="true", PYTHONPATH=lacking)
    assert f"· MILEPOST_ANSWERS_EMBEDDINGS is set, but what it needs is not installed: {INSTALL}" in done.stdout
    assert done.returncode == 0


def test_a_question_is_answered_by_words_when_the_vectors_are_missing(program: Program, lacking: str) -> None:
    done = program.run(*ASK, "what is overfitting?", MILEPOST_ANSWERS_EMBEDDINGS="true", PYTHONPATH=lacking)
    assert "Overfitting" in done.stdout
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert INSTALL in done.stderr


def test_a_question_is_answered_by_meaning_and_nothing_else_is_said(program: Program) -> None:
    done = program.run(*ASK, "i only have 200 photos", MILEPOST_ANSWERS_EMBEDDINGS="true")
    assert "Week 12" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
