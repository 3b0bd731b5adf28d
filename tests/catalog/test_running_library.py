"""The library of a running mentor: a file that breaks takes nothing down, and the log says which and where, once."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.catalog.library import LOOK_EVERY, NoteLibrary
from tests.catalog.conftest import Library


class Ticks:
    """A clock in the test's hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def on(self) -> None:
        self.now += LOOK_EVERY


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def shelf(library: Library, tmp_path: Path, ticks: Ticks) -> NoteLibrary:
    library.add()
    library.add_like("bags")
    return NoteLibrary(library.folder, tmp_path / "cache", ticks)


def broken(library: Library, note: str) -> Path:
    return library.add(note.replace("title: Sets in Python", "title: [Sets"))


def titles(shelf: NoteLibrary) -> list[str]:
    return [str(topic.title) for topic in shelf]


def test_a_note_that_breaks_while_running_stays_as_it_was_and_is_told_once(
    shelf: NoteLibrary, library: Library, note: str, ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    before = titles(shelf)
    broken(library, note)
    for _ in range(3):
        ticks.on()
        assert titles(shelf) == before
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "its last good version stays in use" in record.getMessage()
    assert "sets.md:4: " in record.getMessage()


def test_a_note_that_is_mended_is_read_and_may_be_told_again(
    shelf: NoteLibrary, library: Library, note: str, ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    titles(shelf)
    broken(library, note)
    ticks.on()
    titles(shelf)
    library.add(note.replace("Sets in Python", "Sets, mended"))
    ticks.on()
    assert "Sets, mended" in titles(shelf)
    broken(library, note)
    ticks.on()
    assert "Sets, mended" in titles(shelf)
    assert len(caplog.records) == 2


def test_after_a_restart_a_broken_note_is_as_it_was_when_all_was_well(
    shelf: NoteLibrary, library: Library, note: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = titles(shelf)
    broken(library, note)
    for _ in range(2):
        assert titles(NoteLibrary(library.folder, tmp_path / "cache")) == before
    assert "its last good version stays in use" in caplog.text


def test_without_a_cache_a_broken_note_is_left_out_and_the_others_are_there(
    shelf: NoteLibrary, library: Library, note: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken(library, note)
    assert titles(shelf) == ["A set called bags"]
    assert shelf.find("sets") is None
    assert "it is left out" in caplog.text
    assert "sets.md:4: " in caplog.text


def test_a_quiz_that_breaks_keeps_its_items_and_is_told_once(
    shelf: NoteLibrary, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    before = shelf.quiz("sets")
    library.add(quiz="- id: [broken\n")
    assert shelf.quiz("sets") == before
    assert shelf.quiz("sets") == before
    assert len(caplog.records) == 1
    assert "sets.quiz.yaml:" in caplog.text


def test_a_quiz_that_was_never_sound_is_as_good_as_none(
    shelf: NoteLibrary, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.add(quiz="- id: [broken\n")
    assert shelf.quiz("sets") == ()
    assert len(shelf.quiz("bags")) == 6
    assert "it is left out" in caplog.text


def test_a_new_a_changed_and_a_removed_note_are_noticed_while_running(
    shelf: NoteLibrary, library: Library, note: str, ticks: Ticks
) -> None:
    titles(shelf)
    library.add_like("heaps")
    library.add(note.replace("Sets in Python", "Other sets"))
    (library.folder / "python" / "bags.md").unlink()
    assert "Other sets" not in titles(shelf)  # not looked at again yet
    ticks.on()
    assert titles(shelf) == ["A set called heaps", "Other sets"]


def test_a_second_note_of_a_name_is_told_with_the_first_ones_file(
    shelf: NoteLibrary, library: Library, ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    titles(shelf)
    library.add_like("bags", area="zoo")
    ticks.on()
    assert len(titles(shelf)) == 2
    (told,) = caplog.messages
    assert str(Path("zoo", "bags.md")) in told
    assert str(Path("python", "bags.md")) in told
