"""The evaluation's questions, and how an answer is judged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.answers.desk import Desk
from bot.domain.answer import Outcome, Question
from bot.domain.catalog import Catalog

FOLDER = Path(__file__).parent / "eval"
ROADMAPS = {"a": "ml-engineer-40", "b": "full-stack-ml-36"}


@dataclass(frozen=True)
class Asked:
    """One question with what a right answer has: its weeks, the terms of which it holds one a group, its gold."""

    text: str
    roadmap: str
    weeks: frozenset[int]
    current_week: int
    type: str
    gold: str
    terms: tuple[tuple[str, ...], ...]
    never_say: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return self.gold == "answer"

    @property
    def elsewhere(self) -> bool:
        """Whether it is asked in another week than the one that answers it."""
        return self.answerable and self.current_week not in self.weeks


def read(path: Path) -> list[Asked]:
    return [_asked(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _asked(line: dict[str, object]) -> Asked:
    def listed(key: str) -> list[object]:
        value = line.get(key, [])
        assert isinstance(value, list)
        return value

    weeks = frozenset(int(str(week)) for week in listed("weeks") + listed("also_weeks"))
    terms = tuple(tuple(str(term) for term in group) for group in listed("terms") if isinstance(group, list))
    never = tuple(str(phrase) for phrase in listed("never_say"))
    roadmap = str(line["roadmap"])
    return Asked(
        str(line["text"]), ROADMAPS.get(roadmap, roadmap), weeks, int(str(line["current_week"])), str(line["type"]),
        str(line["gold"]), terms, never,
    )  # fmt: skip


def unanswered(catalog: Catalog, desk: Desk, one_in: int = 1) -> list[str]:
    """The lines of `asks`, or one in so many, that are not answered on a roadmap that has their note."""
    asked = [(topic.id, text) for topic in desk.topics.values() for texts in topic.asks.values() for text in texts]
    wrong = []
    for note, text in asked[::one_in]:
        for roadmap in (catalog.roadmap(name) for name, held in desk.syllabi.items() if note in held.weeks):
            found = desk.guard.refusal(text) or desk.outcome(*desk.look_up(Question(text, roadmap)))
            wrong += [f"{roadmap.id} {note}: {text} -> {found}"] if found is not Outcome.ANSWERED else []
    return wrong
