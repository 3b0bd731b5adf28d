"""An inverted index whose entries are finished scores: BM25F with the arithmetic done when it is built."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SATURATION = 0.8
LENGTH = 0.5
MEANING_WEIGHT = 0.7
"""What a shared meaning is worth beside the very word."""

Fields = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Impacts:
    """For each term the documents it is in with its score there, and `ideal`, the most that it could score."""

    rows: Mapping[str, int]
    starts: array[int]
    documents: array[int]
    scores: array[float]
    ideal: array[float]
    rarest: float

    def worth(self, term: str) -> float:
        """How much a term tells at the most; a term that is nowhere tells as much as the rarest."""
        row = self.rows.get(term)
        return (self.rarest * (MEANING_WEIGHT if term[0] == "~" else 1)) if row is None else self.ideal[row]

    def search(self, terms: Mapping[str, float]) -> dict[int, float]:
        """The score of each document that holds any of the terms: 1 for one that says all of them all the time."""
        found: dict[int, float] = {}
        for term, weight in terms.items():
            row = self.rows.get(term)
            if row is not None:
                for at in range(self.starts[row], self.starts[row + 1]):
                    document = self.documents[at]
                    found[document] = found.get(document, 0.0) + self.scores[at] * weight
        most = sum(self.worth(term) * weight for term, weight in terms.items()) or 1.0
        return {document: score / most for document, score in found.items()}

    def to_json(self) -> dict[str, Any]:
        """The index as plain values."""
        return {
            "terms": list(self.rows), "starts": self.starts.tolist(), "documents": self.documents.tolist(),
            "scores": [round(score, 3) for score in self.scores], "ideal": [round(worth, 3) for worth in self.ideal],
            "rarest": self.rarest,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Impacts:
        """The index from plain values."""
        rows = {term: row for row, term in enumerate(kept["terms"])}
        return cls(
            rows, array("I", kept["starts"]), array("H", kept["documents"]), array("f", kept["scores"]),
            array("f", kept["ideal"]), kept["rarest"],
        )  # fmt: skip


def build_impacts(documents: Sequence[Fields], terms_of: Callable[[str], Iterable[str]]) -> Impacts:
    """The index of documents whose fields have weights."""
    counted = [_weighted(fields, terms_of) for fields in documents]
    lengths = [sum(counts.values()) for counts in counted]
    usual = sum(lengths) / (len(lengths) or 1) or 1.0
    holders: dict[str, list[tuple[int, float]]] = {}
    for number, counts in enumerate(counted):
        for term, count in counts.items():
            holders.setdefault(term, []).append((number, count / (1 - LENGTH + LENGTH * lengths[number] / usual)))
    return _packed(dict(sorted(holders.items())), len(documents))


def _weighted(fields: Fields, terms_of: Callable[[str], Iterable[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in fields:
        for term in terms_of(text):
            counts[term] += weight  # type: ignore[assignment]  # typeshed knows whole counts only
    return counts


def _packed(holders: Mapping[str, Sequence[tuple[int, float]]], total: int) -> Impacts:
    starts, documents, scores, ideal = array("I", [0]), array("H"), array("f"), array("f")
    for term, found in holders.items():
        most = _rarity(len(found), total) * (SATURATION + 1) * (MEANING_WEIGHT if term[0] == "~" else 1)
        ideal.append(most)
        for number, count in found:
            documents.append(number)
            scores.append(most * count / (SATURATION + count))
        starts.append(len(documents))
    rows = {term: row for row, term in enumerate(holders)}
    return Impacts(rows, starts, documents, scores, ideal, _rarity(0, total) * (SATURATION + 1))


def _rarity(holders: int, total: int) -> float:
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))
