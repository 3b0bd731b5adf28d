"""Loads the library of study notes from `content/topics/`, from the parsed cache when nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalog.note_file import NoteFile, note_paths, read_note
from bot.catalog.problems import ContentError, Problem
from bot.catalog.topic_cache import cache_file, cache_folder, digest, keep, load_cached, load_last
from bot.catalog.topics import Topics
from bot.domain.topic import Topic


def load_topics(folder: Path, cache: Path | None = None) -> Topics:
    """Every note below a topics folder. Raises `ContentError`, with every note that cannot be read.

    `cache` is the folder for the parsed cache; by default the user's own cache folder.
    """
    topics, problems = load_readable(folder, cache)
    if problems:
        raise ContentError.of(problems)
    return Topics.of(folder, topics)


def load_readable(folder: Path, cache: Path | None = None) -> tuple[list[Topic], list[Problem]]:
    """The notes below a folder, and what is wrong there. One that cannot be read is as it was when all was well."""
    paths = note_paths(folder)
    wanted = _digest(folder, paths)
    file = cache_file(cache or cache_folder(), folder)
    topics = load_cached(file, wanted)
    if topics is not None:
        return topics, []
    notes = [read_note(path) for path in paths]
    problems = [problem for note in notes for problem in note_problems(note)] + same_names(paths)
    if problems:
        return _best(notes, {topic.id: topic for topic in load_last(file)}), problems
    topics = [note.topic() for note in notes]
    keep(file, wanted, topics)
    return topics, []


def _digest(folder: Path, paths: Sequence[Path]) -> str:
    """The sum under which the notes are kept; of files that cannot be read none that was ever kept."""
    try:
        return digest(folder, paths)
    except OSError:
        return "unreadable"


def _best(notes: Sequence[NoteFile], last: Mapping[str, Topic]) -> list[Topic]:
    """Each note as it is, else as it was last, else not at all."""
    found: dict[str, Topic] = {}
    for note in notes:
        topic = last.get(note.name) if any(note_problems(note)) else note.topic()
        if topic is not None:
            found.setdefault(note.name, topic)
    return list(found.values())


def note_problems(note: NoteFile) -> Iterator[Problem]:
    """What keeps a note from being read."""
    yield from note.problems
    if note.front and note.front.id != note.name:
        remedy = f"Write `{note.name}`, or rename the file."
        yield note.problem(note.line("id"), f"`{note.front.id}` is not the file's name", remedy, ("id",))


def same_names(paths: Sequence[Path]) -> list[Problem]:
    """Notes of one name in two areas: the later ones, with the file that has the name."""
    first: dict[str, Path] = {}
    return [
        Problem(str(path), 1, "", f"`{path.stem}` is also a note in {held.parent.name} ({held})", "Rename one of them.")
        for path in paths
        if (held := first.setdefault(path.stem, path)) is not path
    ]
