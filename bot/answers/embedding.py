"""Meaning beside words: what words have found is put in another order where a line of another note means the same.

A port for whatever knows vectors. It is optional: without one, the order by words stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.answers.asked_in_weeks import AskedInWeek
from bot.answers.placing import Findings
from bot.domain.topic import Topic

NumberedLine = tuple[int, str]
"""A line and the number of its note."""
Nearness = Callable[[str], Mapping[int, float]]
"""For each number the cosine between a text and the nearest of its lines."""
FARTHER = 0.5
"""What being farther than the nearest note costs, by the difference of cosines: tried on the tuning halves."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What it is called, for operators."""

    def embed(self, lines: Sequence[NumberedLine]) -> Nearness:
        """Embed these lines once, for the texts that will be compared with them."""


def lines_of(topics: Iterable[Topic], asked: Iterable[AskedInWeek], notes: Sequence[str]) -> Iterator[NumberedLine]:
    """What notes are compared by, in lower case as questions are: the questions that they were written for, and what
    they are about."""
    numbers = {note: number for number, note in enumerate(notes)}
    for topic in topics:
        for text in (f"{topic.title}: {topic.summary}", *(text for texts in topic.asks.values() for text in texts)):
            yield numbers[topic.id], text.lower()
    yield from ((numbers[line.note], line.text.lower()) for line in asked if line.note in numbers)


def reordered(found: Findings, near: Mapping[int, float]) -> Findings:
    """The weeks in the order of words and meaning. Only takes away, so that nothing gets surer than it was; and leaves
    the notes' own scores alone, by which it is told whether there is an answer at all."""
    nearest = max(near.values(), default=0.0)
    hits = [replace(hit, score=hit.score - FARTHER * (nearest - near.get(hit.note, nearest))) for hit in found.hits]
    return replace(found, hits=tuple(sorted(hits, key=lambda hit: (-hit.score, hit.week.first))))
