"""Takes a note apart: the front matter, and below it the seven sections with their wrong cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.catalog.fences import find_fences
from bot.catalog.problems import ContentError
from bot.catalog.yaml_source import YamlSource, parse_yaml
from bot.domain.text import Prose
from bot.domain.topic import Section, SectionKey, WrongCase

HEADINGS: dict[str, SectionKey] = {
    "Why": SectionKey.WHY,
    "The idea": SectionKey.IDEA,
    "Worked example": SectionKey.EXAMPLE,
    "When it goes wrong": SectionKey.WRONG,
    "Choosing": SectionKey.CHOOSING,
    "Try it": SectionKey.TRY,
    "Remember": SectionKey.REMEMBER,
}
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_START = "Start the note with its front matter between two lines of `---`."


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading outside code. `line` counts from the start of the text it is found in, from 1."""

    level: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """The text below the front matter; its first line is line `first_line` of the file."""

    text: str
    first_line: int


def split_note(text: str, file: str) -> tuple[YamlSource, Body]:
    """The front matter's data and the body of a note."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ContentError(file, 1, "the front matter is missing", _START)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        raise ContentError(file, 1, "the front matter does not end", _START)
    source = parse_yaml("\n".join(lines[1:end]), file, first_line=2)
    return source, Body("\n".join(lines[end + 1 :]), end + 2)


def find_headings(text: str) -> list[Heading]:
    """Every `#` heading outside code, in order."""
    inside = {n for fence in find_fences(text) for n in range(fence.line, fence.end + 1)}
    found = ((n, _HEADING.match(line)) for n, line in enumerate(text.split("\n"), 1) if n not in inside)
    return [Heading(len(match[1]), match[2], n) for n, match in found if match]


def read_sections(body: Body, file: str) -> tuple[Section, ...]:
    """The seven sections, when they are there and in order."""
    headings = [h for h in find_headings(body.text) if h.level <= 2]
    if [h.title for h in headings] != list(HEADINGS) or {h.level for h in headings} != {2}:
        raise ContentError(file, body.first_line, *heading_problem(headings))
    lines = body.text.split("\n")
    bounds = [*(h.line for h in headings), len(lines) + 1]
    return tuple(
        _section(HEADINGS[h.title], lines[start : end - 1], body.first_line + start - 1)
        for h, (start, end) in zip(headings, pairwise(bounds), strict=True)
    )


def heading_problem(headings: Sequence[Heading]) -> tuple[str, str]:
    """What is wrong with a note's headings, and what to do."""
    titles = [h.title for h in headings if h.level == 2]
    missing = [title for title in HEADINGS if title not in titles]
    unknown = [h.title for h in headings if h.level == 1 or h.title not in HEADINGS]
    if unknown:
        return f"`{unknown[0]}` is not one of the headings", f"The seven are: {', '.join(HEADINGS)}, each with `## `."
    if missing:
        return f"the heading `## {missing[0]}` is missing", "Add the section."
    return "the headings are out of order", f"Write each once, in this order: {', '.join(HEADINGS)}."


def _section(key: SectionKey, lines: Sequence[str], line: int) -> Section:
    heads = [h for h in find_headings("\n".join(lines)) if h.level == 3] if key is SectionKey.WRONG else []
    bounds = [*(h.line for h in heads), len(lines) + 1]
    cases = tuple(
        WrongCase(Prose(head.title), _trimmed(lines[start : end - 1]), line + start)
        for head, (start, end) in zip(heads, pairwise(bounds), strict=True)
    )
    return Section(key, _trimmed(lines[: bounds[0] - 1]), line, cases)


def _trimmed(lines: Sequence[str]) -> Prose:
    return Prose("\n".join(lines).strip())
