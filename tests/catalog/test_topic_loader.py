"""The library of notes: found by any name, kept between starts, and never trusted from a place others can write."""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from pathlib import Path

import pytest

from bot.catalog.problems import ContentError
from bot.catalog.topic_cache import cache_folder
from bot.catalog.topic_loader import load_topics
from bot.domain.text import Prose
from bot.domain.topic import QuizKind
from tests.catalog.conftest import Library


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


@pytest.mark.parametrize("name", ["sets", "Sets in Python", "python set", "Unique Values?", "unique-values", " SETS "])
def test_a_note_is_found_by_its_id_title_and_aliases(library: Library, cache: Path, name: str) -> None:
    library.add()

    found = load_topics(library.folder, cache).find(name)

    assert found and found.id == "sets"


def test_a_name_that_nobody_gave_finds_nothing(library: Library, cache: Path) -> None:
    library.add()

    assert load_topics(library.folder, cache).find("tuples") is None
    assert load_topics(library.folder, cache).find("") is None


def test_an_id_wins_over_another_notes_alias(library: Library, cache: Path, note: str) -> None:
    library.add_like("bags")
    library.add(note.replace("unique values", "bags"))

    found = load_topics(library.folder, cache).find("bags")

    assert found and found.id == "bags"


def test_a_title_is_found_without_what_stands_in_brackets(library: Library, cache: Path, note: str) -> None:
    library.add(note.replace("title: Sets in Python", "title: Hash tables (and sets)"))

    assert load_topics(library.folder, cache).find("hash tables") is not None


def test_notes_are_listed_by_area(library: Library, cache: Path) -> None:
    library.add()
    library.add_like("bags", area="data")
    (library.folder / "README.md").write_text("how to write notes")
    (library.folder / "data" / "README.md").write_text("no note")

    topics = load_topics(library.folder, cache)

    assert len(topics) == 2
    assert [topic.id for topic in topics] == ["bags", "sets"]
    assert {area: [t.id for t in found] for area, found in topics.by_area.items()} == {
        "data": ["bags"],
        "python": ["sets"],
    }


def test_the_library_cannot_be_changed(library: Library, cache: Path) -> None:
    library.add()
    topics = load_topics(library.folder, cache)

    with pytest.raises(dataclasses.FrozenInstanceError):
        topics.folder = Path()  # type: ignore[misc]
    with pytest.raises(TypeError):
        topics.by_id["x"] = topics.by_id["sets"]  # type: ignore[index]


def test_quizzes_are_read_when_they_are_asked_for(library: Library, cache: Path) -> None:
    library.add()
    library.add_like("bags", area="data")
    library.add_like("heaps", area="data")
    (library.folder / "data" / "bags.quiz.yaml").unlink()
    (library.folder / "data" / "heaps.quiz.yaml").write_text("- id: x")

    topics = load_topics(library.folder, cache)

    assert topics.quiz("sets")[3].kind is QuizKind.ORDER
    assert topics.quiz("bags") == ()
    with pytest.raises(ContentError, match=r"heaps\.quiz\.yaml:1"):
        topics.quiz("heaps")


def test_the_second_start_reads_what_the_first_one_kept(library: Library, cache: Path) -> None:
    library.add()
    first = load_topics(library.folder, cache)
    written = kept(cache).stat().st_mtime_ns

    second = load_topics(library.folder, cache)

    assert second == first
    assert kept(cache).stat().st_mtime_ns == written
    topic = second.by_id["sets"]
    assert all(isinstance(text, Prose) for text in (topic.title, topic.summary, topic.sections[3].cases[0].title))


def test_a_kept_note_is_really_read_from_the_cache(library: Library, cache: Path) -> None:
    """Only then is a start fast: seal the file anew with other words in it, and they are what is read."""
    from bot.catalog.note_file import note_paths
    from bot.catalog.topic_cache import digest, keep

    library.add()
    topics = load_topics(library.folder, cache)
    other = dataclasses.replace(topics.by_id["sets"], title="From the cache")
    keep(kept(cache), digest(library.folder, note_paths(library.folder)), [other])

    assert load_topics(library.folder, cache).by_id["sets"].title == "From the cache"


def test_a_changed_note_is_read_anew_even_when_its_date_and_size_stay(library: Library, cache: Path, note: str) -> None:
    path = library.add()
    load_topics(library.folder, cache)
    before = path.stat()
    library.add(note.replace("Sets in Python", "Bags in Python"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert load_topics(library.folder, cache).by_id["sets"].title == "Bags in Python"


def test_a_new_a_moved_and_a_removed_note_are_noticed(library: Library, cache: Path) -> None:
    library.add()
    load_topics(library.folder, cache)
    bags = library.add_like("bags")
    assert len(load_topics(library.folder, cache)) == 2
    (library.folder / "data").mkdir()
    bags.rename(library.folder / "data" / "bags.md")
    assert load_topics(library.folder, cache).by_id["bags"].area == "data"
    shutil.rmtree(library.folder / "data")
    assert len(load_topics(library.folder, cache)) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"\x00\xff" * 50,
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"Sets in Python", b"Sets in Pythoff"),
        lambda content: content.partition(b"\n")[0] + b"\n[]",
        lambda content: content.partition(b"\n")[0],
        lambda content: b"[]",
    ],
    ids=["empty", "noise", "cut", "changed", "emptied", "headless", "other"],
)
def test_a_damaged_cache_is_rebuilt(library: Library, cache: Path, damage: object) -> None:
    assert callable(damage)
    library.add()
    load_topics(library.folder, cache)
    good = kept(cache).read_bytes()
    kept(cache).write_bytes(damage(good))

    assert load_topics(library.folder, cache).by_id["sets"].title == "Sets in Python"
    assert kept(cache).read_bytes() == good


def test_a_cache_that_others_can_write_is_not_read(library: Library, cache: Path) -> None:
    library.add()
    load_topics(library.folder, cache)
    file = kept(cache)
    file.chmod(0o666)
    before = file.stat().st_ino

    load_topics(library.folder, cache)

    assert kept(cache).stat().st_ino != before
    assert kept(cache).stat().st_mode & 0o077 == 0


def test_a_cache_folder_that_cannot_be_written_does_no_harm(library: Library, tmp_path: Path) -> None:
    library.add()
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")

    assert len(load_topics(library.folder, in_the_way / "cache")) == 1
    assert len(load_topics(library.folder, in_the_way)) == 1


def test_two_libraries_keep_apart(library: Library, cache: Path, tmp_path: Path) -> None:
    library.add()
    load_topics(library.folder, cache)
    copy = Path(shutil.copytree(library.folder, tmp_path / "copy"))

    assert load_topics(copy, cache).folder == copy
    assert len(list(cache.iterdir())) == 2


def test_the_cache_lies_where_the_platform_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert cache_folder() == tmp_path / "milepost"


def test_every_note_that_cannot_be_read_is_told_at_once(library: Library, cache: Path, note: str) -> None:
    library.add(note.replace("## Choosing", "## Choices"))
    library.add(note.replace("id: sets", "id: bags"), name="heaps")
    library.add_like("trees")
    library.add_like("trees", area="data")

    with pytest.raises(ContentError) as refused:
        load_topics(library.folder, cache)

    told = str(refused.value).splitlines()
    assert len(told) == 3
    assert "heaps.md:2: id `bags` is not the file's name." in told[0]
    assert "sets.md" in told[1] and "`Choices` is not one of the headings" in told[1]
    assert "trees.md:1: `trees` is also a note in data (" in told[2] and "Rename one of them." in told[2]
    assert not cache.exists()


def test_two_hundred_notes_are_read_from_the_cache_in_a_blink(library: Library, cache: Path) -> None:
    for number in range(200):
        library.add_like(f"note-{number}")
    load_topics(library.folder, cache)

    started = time.process_time()
    topics = load_topics(library.folder, cache)
    spent = time.process_time() - started

    assert len(topics) == 200
    assert spent < 0.15
