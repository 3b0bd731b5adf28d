"""The study notes, read from disk when the first of them is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.topic import QuizItem, Topic

if TYPE_CHECKING:
    from bot.catalog.topics import Topics


class NoteLibrary:
    """See `bot.engine.ports.Library`. Costs nothing until it is used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def topics(self) -> Topics:
        """All notes."""
        from bot.catalog.topic_loader import load_topics  # noqa: PLC0415 - its schemas are built on import

        return load_topics(self._folder)

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def find(self, name: str) -> Topic | None:
        """See `Library.find`."""
        return self.topics.find(name)

    def quiz(self, topic_id: str) -> Sequence[QuizItem]:
        """See `Library.quiz`."""
        return self.topics.quiz(topic_id)
