"""Which week of a roadmap an answer belongs to: the same note serves several, and the learner is in one of them.

Takes the notes as `ranking` found them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.answers.library import Index
from bot.answers.query import Query
from bot.answers.ranking import Evidence, Weights, gather
from bot.domain.roadmap import Roadmap, Week

NAMED = 1.0
USED = 0.8
BESIDE = 0.75
AGAIN = 0.02
"""What a use in another week loses for each week that had it before."""


@dataclass(frozen=True)
class Syllabus:
    """A roadmap by its notes: the weeks that point at each, and how strongly: as a topic, for one of their tasks, or
    `beside` the roadmap, because a week of it needs what it does not name."""

    roadmap: Roadmap
    beside: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def weeks(self) -> Mapping[str, Mapping[str, float]]:
        """For each note the ids of its weeks."""
        found: dict[str, dict[str, float]] = {}
        for week in self.roadmap.weeks:
            said = " ".join([week.title, *(topic.name for topic in week.all_topics)]).lower()
            for topic in week.all_topics:
                found.setdefault(topic.note, {})[week.id] = NAMED
            for note in (note for task in week.tasks for note in task.topics):
                strength = NAMED if note.replace("-", " ") in said else USED - AGAIN * len(found.get(note, ()))
                found.setdefault(note, {}).setdefault(week.id, strength)
        for number, notes in self.beside.items():
            for note in notes:
                if note not in found and (needed := self.roadmap.week(number)) is not None:
                    found[note] = {needed.id: BESIDE}
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Week]:
        """The weeks by their ids."""
        return {week.id: week for week in self.roadmap.weeks}


@dataclass(frozen=True, slots=True)
class Hit:
    """A week that answers, by a note (or by its own words, when `note` is -1), and how surely."""

    week: Week
    note: int
    score: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlaceWeights:
    """What speaks for a week beside its note."""

    here: float = 0.37
    near: float = 0.28
    reach: int = 5
    strength: float = 1.0
    plan: float = 0.37
    asked: float = 0.35
    alone: float = 0.65


EVIDENCE = Weights()
PLACES = PlaceWeights()


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found for a question on a roadmap: weeks in order, the evidence for each note, the best note
    of the whole library and its score."""

    hits: tuple[Hit, ...]
    evidence: Mapping[int, Evidence]
    scores: Mapping[int, float]

    @property
    def elsewhere(self) -> int:
        """The best note of the library, whether the roadmap has it or not; -1 for none."""
        return max(self.scores, key=lambda note: self.scores[note], default=-1)


def find(
    query: Query, index: Index, syllabus: Syllabus, week: int | None,
    weights: Weights = EVIDENCE, places: PlaceWeights = PLACES, without: int = -1,
) -> Findings:  # fmt: skip
    """The weeks that answer a question, best first, each once."""
    alike = index.asks.alike(query.said, without)
    evidence = gather(query, index, alike)
    asked = _asked(alike, index, syllabus.roadmap)
    scores = {note: weights.score(found) for note, found in evidence.items()}
    plan = _plan_scores(query, index, syllabus.roadmap)
    best: dict[str, Hit] = {}
    for hit in _hits(scores, plan, index, syllabus, places):
        placed = hit.score + _prior(hit.week, week, places) + places.asked * asked.get((hit.week.first, hit.note), 0.0)
        if hit.week.id not in best or placed > best[hit.week.id].score:
            best[hit.week.id] = Hit(hit.week, hit.note, placed, hit.key)
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.week.first))
    return Findings(tuple(ranked), evidence, scores)


def _hits(
    scores: Mapping[int, float], plan: Mapping[str, tuple[float, str]], index: Index, syllabus: Syllabus,
    places: PlaceWeights,
) -> Iterator[Hit]:  # fmt: skip
    for note, score in scores.items():
        for week_id, strength in syllabus.weeks.get(index.notes[note], {}).items():
            own, _ = plan.get(week_id, (0.0, ""))
            yield Hit(syllabus.by_id[week_id], note, score + places.strength * (strength - 1) + places.plan * own)
    for week_id, (own, key) in plan.items():
        yield Hit(syllabus.by_id[week_id], -1, places.alone * own, key)


def _asked(alike: Mapping[int, float], index: Index, roadmap: Roadmap) -> dict[tuple[int, int], float]:
    """How alike the question is to the nearest that was written for each week and note of the roadmap."""
    found: dict[tuple[int, int], float] = {}
    for line, score in alike.items():
        ask = index.asks.lines[line]
        if ask.roadmap == roadmap.id:
            place = (ask.week, ask.note)
            found[place] = max(score**2, found.get(place, 0.0))
    return found


def _plan_scores(query: Query, index: Index, roadmap: Roadmap) -> dict[str, tuple[float, str]]:
    """How well each week's own words fit, and which part of it fits best."""
    found: dict[str, tuple[float, str]] = {}
    if roadmap.id not in index.plans:
        return found
    impacts, parts = index.plans[roadmap.id]
    for number, score in impacts.search(query.terms).items():
        week = roadmap.week(parts[number].week)
        if week is not None and score > found.get(week.id, (0.0, ""))[0]:
            found[week.id] = (score, parts[number].key)
    return found


def _prior(week: Week, here: int | None, places: PlaceWeights) -> float:
    """A little for the learner's own week and those near it; never so much that another week cannot win."""
    if here is None:
        return 0.0
    away = max(week.first - here, here - week.last, 0)
    return places.here if away == 0 else places.near * max(0.0, 1 - away / places.reach)
