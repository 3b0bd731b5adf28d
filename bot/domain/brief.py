"""What a project brief is: what to build, with what data, by when, and how to know that it works.

Frozen content, read from `content/roadmaps/<id>/projects/` when it is first wanted. All text is CommonMark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roadmap import Resource


class BriefPart(StrEnum):
    """The seven sections of a brief, in the order they are written."""

    BUILD = "build"
    DATA = "data"
    MILESTONES = "milestones"
    DONE = "done"
    WRONG = "wrong"
    STRETCH = "stretch"
    README = "readme"


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One section without its heading. `line` is the heading's line in the file."""

    part: BriefPart
    title: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """How to build one project. `id` is the project's; `data` says in one line where its data is from."""

    id: str
    title: str
    weeks: str
    data: str
    sections: tuple[BriefSection, ...]
    resources: tuple[Resource, ...] = ()

    def section(self, part: BriefPart) -> BriefSection:
        """The section of that name; every brief has all seven."""
        return next(section for section in self.sections if section.part is part)
