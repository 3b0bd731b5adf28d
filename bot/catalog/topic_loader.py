"""Loads the library of study notes from `content/topics/`, from the parsed cache when nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.catalog.note_file import NoteFile, note_paths, read_note
from bot.catalog.problems import ContentError, Problem
from bot.catalog.topic_cache import cache_file, cache_folder, digest, keep, load_cached
from bot.catalog.topics import Topics
from bot.domain.topic import Topic


def load_topics(folder: Path, cache: Path | None = None) -> Topics:
    """Every note below a topics folder. Raises `ContentError`, with every note that cannot be read.

    `cache` is the folder for the parsed cache; by default the user's own cache folder.
    """
    paths = note_paths(folder)
    wanted = digest(folder, paths)
    file = cache_file(cache or cache_folder(), folder)
    topics = load_cached(file, wanted)
    if topics is None:
        topics = _read_all(paths)
        keep(file, wanted, topics)
    return Topics.of(folder, topics)


def _read_all(paths: Sequence[Path]) -> list[Topic]:
    notes = [read_note(path) for path in paths]
    problems = [problem for note in notes for problem in (*note.problems, *_misnamed(note))]
    problems += _same_names(notes)
    if problems:
        raise ContentError.of(problems)
    return [note.topic() for note in notes]


def _misnamed(note: NoteFile) -> Iterator[Problem]:
    if note.front and note.front.id != note.name:
        remedy = f"Write `{note.name}`, or rename the file."
        yield note.problem(note.line("id"), f"`{note.front.id}` is not the file's name", remedy, ("id",))


def _same_names(notes: Sequence[NoteFile]) -> Iterator[Problem]:
    areas: dict[str, str] = {}
    for note in notes:
        area = areas.setdefault(note.name, note.path.parent.name)
        if area != note.path.parent.name:
            yield note.problem(1, f"`{note.name}` is also a note in {area}", "Rename one of the two.")
