"""Which way a question leans: to what notes answer, or to what is refused or led back.

The weights are data in `content/answers/leaning.json`, learned from lines of both kinds (`tests/answers/learn.py`):
of what was found for a question and of its words and pairs of words, since one without the other is often wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bot.answers.query import Query


class Shown(NamedTuple):
    """What speaks for and against a question before its words: how much of it is everyday talk or unknown, how alike
    it is to an everyday line, the words of the trade in it, whether it is said to the mentor, the best note, how
    alike the nearest line is that a note was written for."""

    everyday: float
    unknown: float
    alike: float
    trade: int
    addressed: bool
    best: float
    ask: float


@dataclass(frozen=True)
class Leaning:
    """The weights. What leans further than `limit` is not the mentor's business."""

    limit: float
    bias: float
    shown: Sequence[float]
    words: Mapping[str, float]

    def away(self, query: Query, shown: Shown) -> bool:
        """Whether a question is rather none for the notes."""
        return self.score(query, shown) > self.limit

    def score(self, query: Query, shown: Shown) -> float:
        """How far a question leans away from the notes; below zero it leans to them."""
        found = sum(weight * value for weight, value in zip(self.shown, shown, strict=True))
        return self.bias + found + sum(self.words.get(word, 0.0) for word in set(spoken(query)))


def spoken(query: Query) -> Iterator[str]:
    """The words of a question, and each two that follow each other, with its beginning and its end."""
    yield from query.stems
    yield from (f"{first} {second}" for first, second in pairwise(("^", *query.stems, "$")))


def load_leaning(folder: Path) -> Leaning:
    """The weights of a content folder's `answers/`."""
    read = json.loads((folder / "leaning.json").read_text(encoding="utf-8"))
    return Leaning(read["limit"], read["bias"], read["shown"], read["words"])
