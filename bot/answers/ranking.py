"""Which notes a question is about: several kinds of evidence, weighed together. Knows no roadmap; see `placing`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.library import Index
from bot.answers.query import Query

LONGEST_NAME = 6
FULL_NAME = 12.0
NEAREST = 4


@dataclass(slots=True)
class Evidence:
    """What speaks for a note: how alike its asks are (the best, and the best few), the note as a whole, its best
    passage, its names. Each is between 0 and about 1."""

    ask: float = 0.0
    asks: float = 0.0
    whole: float = 0.0
    passage: float = 0.0
    names: float = 0.0
    named: float = 0.0
    passages: dict[str, float] = field(default_factory=dict)
    sections: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence is worth: found by climbing, on the tuning halves and `asks` left out one by one."""

    ask: float = 0.25
    near: float = 0.65
    asks: float = 0.45
    whole: float = 0.6
    passage: float = 0.72
    names: float = 0.2
    named: float = 0.2

    def score(self, evidence: Evidence) -> float:
        """All of it in one number. An ask that is nearly the same counts for much, one a little alike for little."""
        return (
            self.ask * evidence.ask + self.near * evidence.ask**3 + self.asks * evidence.asks
            + self.whole * evidence.whole + self.passage * evidence.passage + self.names * evidence.names
            + self.named * evidence.named
        )  # fmt: skip


def gather(query: Query, index: Index, alike: Mapping[int, float]) -> dict[int, Evidence]:
    """The evidence for each note that has any. `alike` are the lines of `asks` with how alike they are."""
    found: defaultdict[int, Evidence] = defaultdict(Evidence)
    for number, score in index.whole.search(query.terms).items():
        found[number].whole = score
    for passage, score in index.passages.search(query.terms).items():
        place = index.places[passage]
        evidence = found[place.note]
        evidence.passages[place.key] = score
        evidence.passage = max(evidence.passage, score)
    for number, score in index.names.search(query.terms).items():
        found[number].names = score
    for number, worth in _named(query, index):
        found[number].named = max(found[number].named, worth)
    _add_asks(found, index, alike)
    return found


def _add_asks(found: defaultdict[int, Evidence], index: Index, alike: Mapping[int, float]) -> None:
    best: dict[int, list[float]] = {}
    for line, score in alike.items():
        ask = index.asks.lines[line]
        if ask.section:
            sections = found[ask.note].sections
            sections[ask.section] = max(score, sections.get(ask.section, 0.0))
        best.setdefault(ask.note, []).append(score)
    for note, scores in best.items():
        scores.sort(reverse=True)
        found[note].ask = scores[0]
        found[note].asks = sum(scores[:NEAREST]) / NEAREST


def _named(query: Query, index: Index) -> Iterator[tuple[int, float]]:
    """The notes whose whole name stands in the question, and how much that name tells."""
    for phrase in _phrases(query.stems):
        for number in index.called.get(" ".join(phrase), ()):
            worth = sum(index.asks.worth(stem) for stem in phrase)
            yield number, min(worth, FULL_NAME) / FULL_NAME


def _phrases(stems: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(len(stems)):
        for end in range(at + 1, min(at + LONGEST_NAME, len(stems)) + 1):
            yield stems[at:end]
