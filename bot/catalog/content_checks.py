"""Checks a content folder whole: roadmaps, their briefs, the notes, and that weeks and notes know each other."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.catalog.brief_checks import check_briefs
from bot.catalog.loader import load_roadmap
from bot.catalog.note_file import NoteFile, note_paths, read_note
from bot.catalog.problems import ContentError, Problem, YamlPath
from bot.catalog.topic_checks import check_topics
from bot.catalog.yaml_source import Plain, YamlSource, read_yaml
from bot.domain.roadmap import Roadmap


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and what is wrong with it."""

    roadmaps: tuple[Roadmap, ...]
    notes: int
    problems: tuple[Problem, ...]


def check_content(content: Path) -> Checked:
    """A whole content folder. Notes are only missed where there is a `topics` folder for them."""
    folders = sorted(path.parent for path in (content / "roadmaps").glob("*/roadmap.yaml"))
    found, problems = _roadmaps(folders, content)
    topics = content / "topics"
    notes = [read_note(path) for path in note_paths(topics)]
    if topics.is_dir():
        problems += check_topics(topics)
        problems += _shared(folders, notes)
    return Checked(tuple(found), len(notes), tuple(sorted(set(problems))))


def check_roadmap(folder: Path) -> Checked:
    """One roadmap's folder: its briefs are checked as far as they are written. Inside a content folder the notes it
    names must be that folder's; by itself it may name any."""
    try:
        roadmap = load_roadmap(folder)
    except ContentError as error:
        return Checked((), 0, error.problems)
    problems = list(check_briefs(folder, roadmap, all_wanted=False))
    topics = folder.resolve().parent.parent / "topics"
    if folder.resolve().parent.name == "roadmaps" and topics.is_dir():
        problems += _missing([folder], {path.stem for path in note_paths(topics)})
    return Checked((roadmap,), 0, tuple(problems))


def _roadmaps(folders: Sequence[Path], content: Path) -> tuple[list[Roadmap], list[Problem]]:
    found: list[Roadmap] = []
    problems: list[Problem] = []
    if not folders:
        remedy = "Put one into a folder with a roadmap.yaml."
        problems.append(Problem(str(content / "roadmaps"), 1, "", "there is no roadmap here", remedy))
    for folder in folders:
        try:
            roadmap = load_roadmap(folder, content)
        except ContentError as error:
            problems += [replace(problem, file=str(content / problem.file)) for problem in error.problems]
            continue
        found.append(roadmap)
        problems += check_briefs(folder, roadmap)
    return found, problems


def _shared(folders: Sequence[Path], notes: Sequence[NoteFile]) -> Iterator[Problem]:
    """Weeks that name a note which is not there, and notes that nothing leads to."""
    known = {note.name: note for note in notes}
    named = {name for _, _, name in _named_notes(folders)}
    yield from _missing(folders, known)
    for name in sorted(known.keys() - _reached(named, known)):
        yield known[name].problem(1, "no week and no other note leads here", "Name it in a week, or remove it.")


def _missing(folders: Sequence[Path], known: Container[str]) -> Iterator[Problem]:
    remedy = "Write the note, or name one that exists."
    for source, path, name in _named_notes(folders):
        if name not in known:
            yield Problem(source.file, source.lines[path], "", f"`{name}` is no note's id", remedy)


def _reached(named: set[str], known: dict[str, NoteFile]) -> set[str]:
    """The notes that weeks name, and those needed for them."""
    reached: set[str] = set()
    waiting = list(named)
    while waiting:
        name = waiting.pop()
        note = known.get(name)
        if name not in reached and note:
            reached.add(name)
            waiting.extend(note.front.needs if note.front else ())
    return reached


def _named_notes(folders: Sequence[Path]) -> Iterator[tuple[YamlSource, YamlPath, str]]:
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            try:
                source = read_yaml(file)
            except ContentError:
                continue  # told already, with the roadmap
            for path in source.lines:
                name = _at(source.value, path)
                if _names_note(path) and isinstance(name, str):
                    yield source, path, name


def _names_note(path: YamlPath) -> bool:
    """Whether a place holds a note's id: a week's topic, or one of a task's."""
    of_week = path[:1] == ("weeks",) and path[-1] == "note"
    return of_week or (path[2:4] == ("guide", "tasks") and len(path) == 7 and path[5] == "topics")


def _at(value: Plain, path: YamlPath) -> Plain:
    for part in path:
        if isinstance(value, dict):
            value = value[str(part)]
        elif isinstance(value, list):
            value = value[int(part)]
    return value
