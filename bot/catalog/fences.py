"""Fenced code blocks of a Markdown text, found the way CommonMark finds them.

Standard library only: the runner of the notes' examples reads fences too, without the bot's dependencies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPENING = re.compile(r"^(?P<indent> {0,3})(?P<mark>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
_TOO_DEEP = re.compile(r"^(?: {4,}|\t)\s*(?:`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block. `line` is the opening fence's, `end` the closing fence's; both count from 1."""

    info: str
    text: str
    line: int
    end: int
    closed: bool

    @property
    def language(self) -> str:
        """The first word after the fence, or an empty string."""
        return self.info.split()[0] if self.info else ""

    @property
    def flags(self) -> tuple[str, ...]:
        """The words after the language."""
        return tuple(self.info.split()[1:])


def find_fences(text: str) -> tuple[Fence, ...]:
    """Every fenced block of a text, in order."""
    lines = text.removesuffix("\n").split("\n")
    found: list[Fence] = []
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at].rstrip())
        if opening:
            fence = _read(lines, at, opening)
            found.append(fence)
            at = fence.end
        else:
            at += 1
    return tuple(found)


def too_deep(text: str) -> tuple[int, ...]:
    """Lines where a block opens whose fence is indented so far that CommonMark takes it for plain code."""
    inside = {n for fence in find_fences(text) for n in range(fence.line, fence.end + 1)}
    lines = enumerate(text.split("\n"), 1)
    found = tuple(n for n, line in lines if n not in inside and _TOO_DEEP.match(line))
    return found[::2]  # every second one closes


def _read(lines: Sequence[str], at: int, opening: re.Match[str]) -> Fence:
    mark, indent = opening["mark"], len(opening["indent"])
    closing = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    body: list[str] = []
    for number in range(at + 1, len(lines)):
        if closing.match(lines[number].rstrip("\r")):
            return Fence(opening["info"].strip(), _joined(body), at + 1, number + 1, closed=True)
        body.append(_outdented(lines[number], indent))
    return Fence(opening["info"].strip(), _joined(body), at + 1, len(lines), closed=False)


def _joined(body: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in body)


def _outdented(line: str, indent: int) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, indent) :]
