"""What can be wrong with content, said to the person who wrote it: the place, the problem, the remedy.

A `ContentError` is raised for content that cannot be read, and carries one `Problem` or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from bot.domain.errors import MilepostError

YamlPath = tuple[str | int, ...]
Lines = Mapping[YamlPath, int]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `where` is a path inside the file such as `weeks[3].guide.hours`, or empty."""

    file: str
    line: int
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        said = f"{self.where} {self.problem}".strip().rstrip(".")
        return f"{self.file}:{self.line}: {said}. {self.remedy}".rstrip()


class ContentError(MilepostError):
    """Content cannot be read; mend the named lines and start again."""

    def __init__(self, file: str, line: int, problem: str, remedy: str, where: str = "") -> None:
        self.problems: tuple[Problem, ...] = (Problem(file, line, where, problem, remedy),)
        super().__init__(str(self.problems[0]))

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """One error for many problems, told a line each."""
        first, *rest = sorted(problems)
        error = cls(first.file, first.line, first.problem, first.remedy, first.where)
        error.problems = (first, *rest)
        error.args = ("\n".join(map(str, error.problems)),)
        return error

    @property
    def file(self) -> str:
        """The file of the first problem."""
        return self.problems[0].file

    @property
    def line(self) -> int:
        """The line of the first problem."""
        return self.problems[0].line

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        return self.problems[0].problem

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.problems[0].remedy


def nearest_line(lines: Lines, path: YamlPath) -> int:
    """The line of a path, or of the closest thing around it that is in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def spell_path(path: YamlPath) -> str:
    """A path the way people write it: `weeks[3].guide.hours`."""
    spelled = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return spelled.removeprefix(".")
