"""Reads project briefs: `content/roadmaps/<roadmap>/projects/<project>.md`, when one is first wanted."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, HttpUrl, StringConstraints, ValidationError

from bot.catalog.problems import ContentError, Problem, YamlPath, nearest_line
from bot.catalog.roadmap_schema import ID, Line, Strict
from bot.catalog.topic_body import Body, Heading, find_headings, split_note
from bot.catalog.validation import validation_problems
from bot.catalog.yaml_source import YamlSource, read_text
from bot.domain.brief import Brief, BriefPart, BriefSection
from bot.domain.roadmap import Resource
from bot.domain.text import Prose

log = logging.getLogger(__name__)

HEADINGS: dict[str, BriefPart] = {
    "What you build": BriefPart.BUILD,
    "Data": BriefPart.DATA,
    "Milestones": BriefPart.MILESTONES,
    "Done when": BriefPart.DONE,
    "Where it goes wrong": BriefPart.WRONG,
    "Stretch": BriefPart.STRETCH,
    "In your README": BriefPart.README,
}


class BriefResource(Strict):
    """An official page to read on."""

    model_config = ConfigDict(defer_build=True)

    title: Line
    url: HttpUrl


class BriefModel(Strict):
    """The head of a brief. `weeks` is written as in roadmap.yaml."""

    model_config = ConfigDict(defer_build=True)

    id: ID
    title: Line
    weeks: Annotated[str, StringConstraints(pattern=r"^\d{1,3}(?:-\d{1,3})?$")]
    data: Line
    resources: Annotated[list[BriefResource], Field(min_length=1, max_length=3)]

    def to_domain(self, sections: tuple[BriefSection, ...]) -> Brief:
        """The domain's value, with its sections already read."""
        resources = tuple(Resource(r.title, str(r.url)) for r in self.resources)
        return Brief(self.id, self.title, self.weeks, self.data, sections, resources)


@dataclass(frozen=True, slots=True)
class BriefFile:
    """One brief as found on disk. `front` and `sections` are empty when they cannot be read; `problems` says why."""

    path: Path
    problems: tuple[Problem, ...]
    source: YamlSource | None = None
    body: Body | None = None
    front: BriefModel | None = None
    sections: tuple[BriefSection, ...] = ()

    def line(self, *path: str | int) -> int:
        """The line of a place in the front matter."""
        return nearest_line(self.source.lines, path) if self.source else 1

    def problem(self, line: int, problem: str, remedy: str, path: YamlPath = ()) -> Problem:
        """A problem of this file."""
        return Problem(str(self.path), line, ".".join(str(part) for part in path), problem, remedy)

    def brief(self) -> Brief:
        """The domain's value. Raises `ContentError` with every problem."""
        if self.problems or self.front is None:
            raise ContentError.of(self.problems)
        return self.front.to_domain(self.sections)


def brief_paths(roadmap: Path) -> list[Path]:
    """Every brief of a roadmap's folder."""
    return sorted((roadmap / "projects").glob("*.md"))


def read_brief(path: Path) -> BriefFile:
    """Read a brief; what is wrong with it is in its `problems`."""
    try:
        source, body = split_note(read_text(path), str(path))
    except ContentError as error:
        return BriefFile(path, error.problems)
    front, problems = _front(source)
    try:
        return BriefFile(path, tuple(problems), source, body, front, _sections(body, str(path)))
    except ContentError as error:
        return BriefFile(path, (*problems, *error.problems), source, body, front)


def _front(source: YamlSource) -> tuple[BriefModel | None, list[Problem]]:
    try:
        return BriefModel.model_validate(source.value), []
    except ValidationError as error:
        return None, validation_problems(error, source, BriefModel)


def _sections(body: Body, file: str) -> tuple[BriefSection, ...]:
    headings = [h for h in find_headings(body.text) if h.level <= 2]
    for found, wanted in zip_longest(headings, HEADINGS):
        if found is None or (found.level, found.title) != (2, wanted):
            line = body.first_line + (found.line - 1 if found else 0)
            raise ContentError(file, line, *_misplaced(found, wanted))
    lines = body.text.split("\n")
    bounds = [*(h.line for h in headings), len(lines) + 1]
    return tuple(
        _section(h, lines[start : end - 1], body.first_line + start - 1)
        for h, (start, end) in zip(headings, pairwise(bounds), strict=True)
    )


def _misplaced(found: Heading | None, wanted: str | None) -> tuple[str, str]:
    remedy = f"Write these seven, each with `## `, in this order: {', '.join(HEADINGS)}."
    if found is None:
        return f"the heading `## {wanted}` is missing", remedy
    where = f"stands where `## {wanted}` should" if wanted else "is one heading too many"
    return f"`{'#' * found.level} {found.title}` {where}", remedy


def _section(heading: Heading, lines: Sequence[str], line: int) -> BriefSection:
    return BriefSection(HEADINGS[heading.title], heading.title, Prose("\n".join(lines).strip()), line)


@dataclass(frozen=True, slots=True)
class BriefShelf(Mapping[tuple[str, str], Brief]):
    """The briefs below a `roadmaps` folder, by roadmap and project; each is read once, when it is asked for."""

    folder: Path
    read: dict[tuple[str, str], Brief] = field(default_factory=dict, repr=False)

    def __getitem__(self, key: tuple[str, str]) -> Brief:
        """A brief. One that is broken is told to the log, and is as good as none."""
        if key not in self.read:
            path = self.folder / key[0] / "projects" / f"{key[1]}.md"
            if not path.is_file():
                raise KeyError(key)
            try:
                self.read[key] = read_brief(path).brief()
            except ContentError as error:
                log.error("a project's brief cannot be read: %s", error)
                raise KeyError(key) from error
        return self.read[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((path.parent.parent.name, path.stem) for path in sorted(self.folder.glob("*/projects/*.md")))

    def __len__(self) -> int:
        return sum(1 for _ in self)
