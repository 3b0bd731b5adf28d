"""The library of study notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.catalog.names import plain_name
from bot.catalog.note_file import QUIZ_SUFFIX, read_quiz
from bot.catalog.problems import ContentError
from bot.domain.topic import QuizItem, Topic


@dataclass(frozen=True, slots=True)
class Topics:
    """Every study note, by id, area and name. Quizzes stay on disk below `folder` until one is asked for."""

    folder: Path
    by_id: Mapping[str, Topic]
    by_area: Mapping[str, tuple[Topic, ...]]
    names: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, folder: Path, topics: Iterable[Topic]) -> Topics:
        """A library of these notes."""
        by_id = {topic.id: topic for topic in topics}
        areas = sorted({topic.area for topic in by_id.values()})
        by_area = {area: tuple(t for t in by_id.values() if t.area == area) for area in areas}
        return cls(folder, MappingProxyType(by_id), MappingProxyType(by_area), MappingProxyType(_names(by_id)))

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, name: str) -> Topic | None:
        """The note of that id, title or alias, whatever its case, hyphens and question marks."""
        found = self.names.get(plain_name(name))
        return self.by_id[found] if found else None

    def quiz(self, topic_id: str) -> tuple[QuizItem, ...]:
        """The quiz of a note; empty when it has none. Raises `ContentError`."""
        topic = self.by_id[topic_id]
        return _read_once(self.folder / topic.area / f"{topic.id}{QUIZ_SUFFIX}")


@cache
def _read_once(path: Path) -> tuple[QuizItem, ...]:
    if not path.exists():
        return ()
    quiz = read_quiz(path)
    if quiz.problems:
        raise ContentError.of(quiz.problems)
    return quiz.items


def _names(by_id: Mapping[str, Topic]) -> dict[str, str]:
    """Which note a name leads to. Ids win over titles, titles over aliases."""
    ids = [(topic.id, topic.id) for topic in by_id.values()]
    titles = [(title, topic.id) for topic in by_id.values() for title in (topic.title, _short(topic.title))]
    aliases = [(alias, topic.id) for topic in by_id.values() for alias in topic.aliases]
    return {plain_name(name): owner for name, owner in reversed(ids + titles + aliases)}


def _short(title: str) -> str:
    """A title without what stands in brackets: `Loops` for `Loops (for and while)`."""
    return re.sub(r"\s*\([^)]*\)", "", title)
