"""Everything that can be looked up, as one index: built from notes and roadmaps once, and kept between starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.asked_in_weeks import AskedInWeek
from bot.answers.asks import Ask, Asks, build_asks
from bot.answers.impacts import Fields, Impacts, build_impacts
from bot.answers.lexicon import Lexicon
from bot.answers.passages import Passage, all_passages, note_passages, roadmap_passages
from bot.answers.tokens import stems
from bot.domain.roadmap import Roadmap
from bot.domain.topic import Topic


@dataclass(frozen=True)
class Place:
    """Where a passage stands: the note and the part of it, or the week of a roadmap and the part of that."""

    note: int
    key: str
    week: int = 0


@dataclass(frozen=True)
class Index:
    """Notes as wholes, their passages, the questions they were written for, and the weeks of each roadmap."""

    notes: tuple[str, ...]
    whole: Impacts
    passages: Impacts
    places: tuple[Place, ...]
    names: Impacts
    called: Mapping[str, tuple[int, ...]]
    asks: Asks
    plans: Mapping[str, tuple[Impacts, tuple[Place, ...]]]

    def to_json(self) -> dict[str, Any]:
        """The index as plain values."""
        plans = {name: [index.to_json(), _plain(places)] for name, (index, places) in self.plans.items()}
        return {"notes": self.notes, "whole": self.whole.to_json(), "passages": self.passages.to_json(),
                "places": _plain(self.places), "names": self.names.to_json(), "called": self.called,
                "asks": self.asks.to_json(), "plans": plans}  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Index:
        """The index from plain values."""
        plans = {name: (Impacts.from_json(index), _places(places)) for name, (index, places) in kept["plans"].items()}
        called = {name: tuple(notes) for name, notes in kept["called"].items()}
        whole, passages, names = (Impacts.from_json(kept[part]) for part in ("whole", "passages", "names"))
        places, asks = _places(kept["places"]), Asks.from_json(kept["asks"])
        return cls(tuple(kept["notes"]), whole, passages, places, names, called, asks, plans)

    def known(self) -> dict[str, int]:
        """Every stem of the notes, and how many notes hold it."""
        starts = self.whole.starts
        return {term: starts[row + 1] - starts[row] for term, row in self.whole.rows.items() if term[0] != "~"}


def _plain(places: Sequence[Place]) -> list[list[int | str]]:
    return [[place.note, place.key, place.week] for place in places]


def _places(kept: Iterable[Sequence[Any]]) -> tuple[Place, ...]:
    return tuple(Place(*place) for place in kept)


def build_index(
    topics: Sequence[Topic], roadmaps: Iterable[Roadmap], lexicon: Lexicon, asked: Iterable[AskedInWeek] = ()
) -> Index:
    """The index of a library and its roadmaps, with the questions that were written for their weeks."""
    numbers = {topic.id: number for number, topic in enumerate(topics)}
    by_id = {topic.id: topic for topic in topics}
    passages = all_passages(topics)
    places = tuple(Place(numbers[p.note], p.key) for p in passages)
    lines = [
        (Ask(numbers[topic.id], str(key)), text)
        for topic in topics for key, texts in topic.asks.items() for text in texts
    ]  # fmt: skip
    lines += [(Ask(numbers[a.note], "", a.roadmap, a.week), a.text) for a in asked if a.note in numbers]
    return Index(
        tuple(by_id),
        build_impacts([_note_fields(topic) for topic in topics], lexicon.content),
        build_impacts([_passage_fields(p, by_id[p.note]) for p in passages], lexicon.content),
        places,
        build_impacts([((names_of(topic), 1.0),) for topic in topics], lexicon.content),
        _called(topics),
        build_asks(lines, lambda text: ask_terms(text, lexicon), lexicon.empty),
        {roadmap.id: _plan(roadmap, lexicon) for roadmap in roadmaps},
    )


def ask_terms(text: str, lexicon: Lexicon) -> set[str]:
    """The terms by which questions are compared: all stems, the empty ones too, and what they mean."""
    found = stems(text)
    return {*found, *lexicon.meanings(found)}


def names_of(topic: Topic) -> str:
    """All that a note is called."""
    return " ".join((topic.title, topic.id.replace("-", " "), *topic.aliases))


def _called(topics: Sequence[Topic]) -> dict[str, tuple[int, ...]]:
    """The notes that bear a name, by its stems."""
    called: dict[str, tuple[int, ...]] = {}
    for number, topic in enumerate(topics):
        for name in {" ".join(stems(name)) for name in (topic.title, topic.id.replace("-", " "), *topic.aliases)}:
            called[name] = (*called.get(name, ()), number)
    return called


def _note_fields(topic: Topic) -> Fields:
    passages = list(note_passages(topic))
    cases = [case.title for section in topic.sections for case in section.cases]
    return (
        (names_of(topic), 6.0), (topic.summary, 2.5), (" ".join(cases), 2.0),
        (" ".join(p.lead for p in passages), 1.5), (" ".join(p.body for p in passages), 1.0),
        (" ".join(p.code for p in passages), 0.6),
    )  # fmt: skip


def _passage_fields(passage: Passage, topic: Topic) -> Fields:
    heading = "" if passage.heading == passage.key else passage.heading
    return ((f"{topic.title} {' '.join(topic.aliases)}", 2.0), (heading, 2.5), (passage.lead, 1.6),
            (passage.body, 1.0), (passage.code, 0.8))  # fmt: skip


def _plan(roadmap: Roadmap, lexicon: Lexicon) -> tuple[Impacts, tuple[Place, ...]]:
    passages = list(roadmap_passages(roadmap))
    fields: list[Fields] = [((p.heading, 2.0), (p.lead, 1.5), (p.body, 1.0)) for p in passages]
    return build_impacts(fields, lexicon.content), tuple(Place(-1, p.key, p.week) for p in passages)
