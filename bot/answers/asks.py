"""The questions that notes were written for, and how alike another question is to each of them."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EMPTY_WEIGHT = 0.35
MEANING_WEIGHT = 0.7
COMMON = 150


@dataclass(frozen=True)
class Ask:
    """A question that was written down: the note that answers it, by its number, and the section if one is known; the
    roadmap and the week where it is asked, if it was written for one."""

    note: int
    section: str = ""
    roadmap: str = ""
    week: int = 0


@dataclass(frozen=True)
class Asks:
    """Every line of `asks`, findable by its words."""

    lines: tuple[Ask, ...]
    rows: Mapping[str, frozenset[int]]
    lengths: array[float]
    weights: Mapping[str, float]
    unknown: float

    def alike(self, terms: Iterable[str], without: int = -1) -> dict[int, float]:
        """How alike each line is to these terms, from 0 to 1. `without` leaves one line out, to try the index on it."""
        said = set(terms)
        length = math.sqrt(sum(self.worth(term) ** 2 for term in said)) or 1.0
        found: dict[int, float] = {}
        for term in sorted(said & self.rows.keys(), key=lambda term: len(self.rows[term])):
            weight, lines = self.weights[term] ** 2, self.rows[term]
            if found and len(lines) > COMMON:  # a word of many lines brings in no line by itself
                for line in found.keys() & lines:
                    found[line] += weight
            else:
                for line in lines:
                    found[line] = found.get(line, 0.0) + weight
        found.pop(without, None)
        return {line: score / (length * self.lengths[line]) for line, score in found.items()}

    def worth(self, term: str) -> float:
        """How much a term tells of a question."""
        return self.weights.get(term, self.unknown)

    def to_json(self) -> dict[str, Any]:
        """The index as plain values."""
        lines = [[ask.note, ask.section, ask.roadmap, ask.week] for ask in self.lines]
        return {
            "lines": lines,
            "rows": {term: sorted(held) for term, held in self.rows.items()},
            "lengths": [round(length, 3) for length in self.lengths],
            "weights": {term: round(weight, 3) for term, weight in self.weights.items()},
            "unknown": self.unknown,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Asks:
        """The index from plain values."""
        rows = {term: frozenset(lines) for term, lines in kept["rows"].items()}
        lines = tuple(Ask(*line) for line in kept["lines"])
        return cls(lines, rows, array("f", kept["lengths"]), kept["weights"], kept["unknown"])


def build_asks(lines: Sequence[tuple[Ask, str]], terms_of: Callable[[str], set[str]], empty: frozenset[str]) -> Asks:
    """The index of these lines."""
    said = [terms_of(text) for _, text in lines]
    count = Counter(term for terms in said for term in terms)
    weights = {term: _weight(term, n, len(lines), empty) for term, n in sorted(count.items())}
    rows: dict[str, list[int]] = {}
    for number, terms in enumerate(said):
        for term in terms:
            rows.setdefault(term, []).append(number)
    lengths = array("f", (math.sqrt(sum(weights[term] ** 2 for term in terms)) or 1.0 for terms in said))
    held = {term: frozenset(found) for term, found in rows.items()}
    return Asks(tuple(ask for ask, _ in lines), held, lengths, weights, _weight("", 0, len(lines), empty))


def _weight(term: str, holders: int, total: int, empty: frozenset[str]) -> float:
    rarity = math.log(1 + total / (holders + 0.5))
    if term in empty:
        return rarity * EMPTY_WEIGHT
    return rarity * MEANING_WEIGHT if term.startswith("~") else rarity
