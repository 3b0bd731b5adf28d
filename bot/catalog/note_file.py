"""A note or quiz as found on disk: read as far as it can be, with what stood in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalog.problems import ContentError, Problem, YamlPath, nearest_line
from bot.catalog.topic_body import Body, read_sections, split_note
from bot.catalog.topic_schema import FrontMatter, QuizModel
from bot.catalog.validation import validation_problems
from bot.catalog.yaml_source import YamlSource, read_text, read_yaml
from bot.domain.topic import QuizItem, Section, Topic

QUIZ_SUFFIX = ".quiz.yaml"
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class NoteFile:
    """One `<id>.md`. `front`, `sections` are None when they cannot be read; `problems` says why."""

    path: Path
    problems: tuple[Problem, ...]
    source: YamlSource | None = None
    body: Body | None = None
    front: FrontMatter | None = None
    sections: tuple[Section, ...] | None = None

    @property
    def name(self) -> str:
        """The id the file's name gives."""
        return self.path.stem

    def topic(self) -> Topic:
        """The domain's value, or a `ContentError` that tells every problem."""
        if self.problems or self.front is None or self.sections is None:
            raise ContentError.of(self.problems)
        return self.front.to_domain(self.path.parent.name, self.sections)

    def line(self, *path: str | int) -> int:
        """The line of a place in the front matter."""
        return nearest_line(self.source.lines, path) if self.source else 1

    def problem(self, line: int, problem: str, remedy: str, path: YamlPath = ()) -> Problem:
        """A problem of this file."""
        where = ".".join(str(part) for part in path if isinstance(part, str))
        return Problem(str(self.path), line, where, problem, remedy)


@dataclass(frozen=True, slots=True)
class QuizFile:
    """One `<id>.quiz.yaml`."""

    path: Path
    problems: tuple[Problem, ...]
    source: YamlSource | None = None
    items: tuple[QuizItem, ...] = ()

    @property
    def note(self) -> str:
        """The id of the note the quiz belongs to."""
        return self.path.name.removesuffix(QUIZ_SUFFIX)

    def problem(self, path: YamlPath, problem: str, remedy: str) -> Problem:
        """A problem of this file at a path in it."""
        return Problem(str(self.path), nearest_line(self.source.lines, path) if self.source else 1, "", problem, remedy)


def note_paths(folder: Path) -> list[Path]:
    """Every note below a topics folder, in the order of ids."""
    found = (path for path in folder.glob("*/*.md") if path.name != "README.md")
    return sorted(found, key=lambda path: (path.stem, path.parent.name))


def read_note(path: Path) -> NoteFile:
    """Read a note; what is wrong with it is in its `problems`."""
    file = str(path)
    try:
        source, body = split_note(read_text(path), file)
    except ContentError as error:
        return NoteFile(path, error.problems)
    front, problems = _validated(FrontMatter, source)
    try:
        return NoteFile(path, tuple(problems), source, body, front, read_sections(body, file))
    except ContentError as error:
        return NoteFile(path, (*problems, *error.problems), source, body, front)


def read_quiz(path: Path) -> QuizFile:
    """Read a quiz; what is wrong with it is in its `problems`."""
    try:
        source = read_yaml(path)
    except ContentError as error:
        return QuizFile(path, error.problems)
    model, problems = _validated(QuizModel, source)
    named = tuple(_with_item(problem, source.value) for problem in problems)
    return QuizFile(path, named, source, model.to_domain() if model else ())


def _with_item(problem: Problem, items: object) -> Problem:
    """A problem of an item under the item's own id: `smote-1` says more than `[0]`."""
    found = re.match(r"\[(\d+)\]", problem.where)
    item = items[int(found[1])] if found and isinstance(items, list) else None
    if found is None or not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return problem
    return replace(problem, where=item["id"] + problem.where[found.end() :])


def _validated(model: type[Model], source: YamlSource) -> tuple[Model | None, list[Problem]]:
    try:
        return model.model_validate(source.value), []
    except ValidationError as error:
        return None, validation_problems(error, source, model)


def quiz_path(note: Path) -> Path:
    """Where a note's quiz lies."""
    return note.with_name(note.stem + QUIZ_SUFFIX)
