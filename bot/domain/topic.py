"""What a study note is: one topic in seven sections, and the quiz that goes with it.

Everything here is frozen content, read once from `content/topics/` and shared by all roadmaps. Sentences are
`Prose`, in CommonMark; an option's text and code are plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.roadmap import Resource
from bot.domain.text import Prose


class SectionKey(StrEnum):
    """The seven sections of a note, in the order they are written."""

    WHY = "why"
    IDEA = "idea"
    EXAMPLE = "example"
    WRONG = "wrong"
    CHOOSING = "choosing"
    TRY = "try"
    REMEMBER = "remember"


@dataclass(frozen=True, slots=True)
class WrongCase:
    """One thing that goes wrong: an error message or a symptom, with its cause and its fix."""

    title: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a note, in Markdown, without its heading. `line` is the heading's line in the file."""

    key: SectionKey
    lead: str
    line: int = 0
    cases: tuple[WrongCase, ...] = ()

    @property
    def text(self) -> str:
        """The whole section: its lead, then its wrong cases under their headings."""
        return Prose("\n\n".join((self.lead, *(f"### {case.title}\n\n{case.text}" for case in self.cases))))


@dataclass(frozen=True, slots=True)
class Topic:
    """A study note. `id` never changes: weeks, questions and reviews point at it."""

    id: str
    area: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    aliases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    tested_with: tuple[str, ...] = ()
    asks: Mapping[SectionKey, tuple[str, ...]] = field(default_factory=dict)

    def section(self, key: SectionKey) -> Section:
        """The section of that name; every note has all seven."""
        return next(section for section in self.sections if section.key is key)


class QuizKind(StrEnum):
    """How a quiz item is answered."""

    SINGLE = "single"
    SEVERAL = "several"
    OUTPUT = "output"
    BUG = "bug"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, often a piece of code. A wrong one says in `why` which mistake it is."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """A question answered by choosing: one option, or several when `kind` says so. `output` and `bug` show code."""

    id: str
    kind: QuizKind
    section: SectionKey
    ask: str
    options: tuple[Option, ...]
    explain: str
    code: str = ""
    language: str = "python"

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the right options, from 0."""
        return tuple(place for place, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class OrderItem:
    """A question answered by putting `steps`, kept here in their right order, into order."""

    id: str
    section: SectionKey
    ask: str
    steps: tuple[str, ...]
    explain: str
    kind: QuizKind = QuizKind.ORDER


QuizItem = ChoiceItem | OrderItem
