"""Checks study notes and quizzes, one by one and against each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalog.names import plain_name
from bot.catalog.note_checks import check_note
from bot.catalog.note_file import QUIZ_SUFFIX, NoteFile, note_paths, quiz_path, read_note, read_quiz
from bot.catalog.problems import Problem
from bot.catalog.prose_checks import check_prose, check_weeks
from bot.catalog.quiz_checks import check_quiz


def check_topics(folder: Path, only: Collection[Path] | None = None) -> list[Problem]:
    """Every problem below a topics folder, or those of the notes in `only`.

    Notes that are needed but not there are a problem when the whole library is checked: while notes are
    being written, each may name one that is still to come.
    """
    notes = [read_note(path) for path in note_paths(folder)]
    chosen = [note for note in notes if only is None or note.path in only]
    found = [problem for note in chosen for problem in _note_problems(note)]
    found += _strays(folder) if only is None else []
    files = {str(note.path) for note in chosen}
    shared = (*_doubles(notes), *_circles(notes), *(_unknown_needs(notes) if only is None else ()))
    return sorted({*found, *(problem for problem in shared if problem.file in files)})


def _note_problems(note: NoteFile) -> Iterator[Problem]:
    yield from check_note(note)
    yield from check_prose(note)
    yield from check_weeks(note)
    quiz = quiz_path(note.path)
    if quiz.exists():
        yield from check_quiz(read_quiz(quiz))
    else:
        yield note.problem(1, "the note has no quiz", f"Write {quiz.name} beside it.")


def _strays(folder: Path) -> Iterator[Problem]:
    for path in folder.glob(f"*/*{QUIZ_SUFFIX}"):
        note = path.with_name(path.name.removesuffix(QUIZ_SUFFIX) + ".md")
        if not note.exists():
            yield Problem(str(path), 1, "", "the quiz has no note", f"Write {note.name} beside it.")


def _doubles(notes: Sequence[NoteFile]) -> Iterator[Problem]:
    yield from _double(notes, "id", lambda note: [((), note.name)])
    yield from _double(notes, "name", _names)
    yield from _double(notes, "question", _questions)


def _called(other: NoteFile, note: NoteFile) -> str:
    """Another note's id; its file where the two share the id."""
    return other.name if other.name != note.name else str(other.path)


_Named = tuple[tuple[str | int, ...], str]


def _double(notes: Sequence[NoteFile], what: str, named: Callable[[NoteFile], Sequence[_Named]]) -> Iterator[Problem]:
    owners: dict[str, list[tuple[NoteFile, _Named]]] = {}
    for note in notes:
        for entry in named(note):
            owners.setdefault(plain_name(entry[1]), []).append((note, entry))
    for uses in owners.values():
        for note, (path, words) in uses:
            others = sorted({_called(other, note) for other, _ in uses if other is not note})
            if others or (what != "name" and len(uses) > 1):
                also = f"also leads to {', '.join(others)}" if others else "is there twice"
                remedy = f"Leave the {what} to the one note it fits best."
                yield note.problem(note.line(*path), f"the {what} `{words}` {also}", remedy)


def _names(note: NoteFile) -> list[_Named]:
    if not note.front:
        return []
    own: list[_Named] = [(("id",), note.front.id), (("title",), note.front.title)]
    return own + [(("aliases", place), alias) for place, alias in enumerate(note.front.aliases)]


def _questions(note: NoteFile) -> list[_Named]:
    if not note.front:
        return []
    by_section = [(name.rstrip("_"), questions) for name, questions in note.front.asks]
    return [(("asks", name, n), text) for name, questions in by_section for n, text in enumerate(questions)]


def _needs(notes: Sequence[NoteFile]) -> Mapping[str, Sequence[str]]:
    return {note.name: note.front.needs for note in notes if note.front}


def _unknown_needs(notes: Sequence[NoteFile]) -> Iterator[Problem]:
    known = {note.name for note in notes}
    for note in notes:
        for place, name in enumerate(note.front.needs if note.front else ()):
            if name not in known:
                line = note.line("needs", place)
                yield note.problem(line, f"`{name}` is no note's id", "Name a note that exists.", ("needs",))


def _circles(notes: Sequence[NoteFile]) -> Iterator[Problem]:
    needs = _needs(notes)
    for note in notes:
        way = _way_back(note.name, needs)
        if len(way) > 2:  # a note that needs itself is told elsewhere
            remedy = "Take one step out: decide which is read first."
            yield note.problem(note.line("needs"), f"goes in a circle: {' needs '.join(way)}", remedy, ("needs",))


def _way_back(start: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest chain of needs that leads from a note back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for name in needs.get(way[-1], ()):
            if name == start:
                return (*way, start)
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
