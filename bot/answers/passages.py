"""What can be found: sections of notes and their cases, and what a roadmap says of its weeks and projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.roadmap import Roadmap, Week
from bot.domain.topic import Section, SectionKey, Topic

_FENCE = re.compile(r"```.*?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can answer. `key` is a section's name, or `case 2` of one, or a part of a week.

    `note` is empty for what the roadmap itself says; `week` is 0 for what a note says.
    """

    note: str
    key: str
    week: int
    heading: str
    lead: str
    body: str
    code: str


def note_passages(topic: Topic) -> Iterator[Passage]:
    """The sections of a note and the cases of what goes wrong."""
    for section in topic.sections:
        yield _passage(topic, section.key, str(section.key), section.lead)
        for number, case in enumerate(section.cases):
            yield _passage(topic, f"{SectionKey.WRONG} {number}", case.title, case.text)


def _passage(topic: Topic, key: str, heading: str, text: str) -> Passage:
    prose = _FENCE.sub(" ", text)
    code = " ".join((*_FENCE.findall(text), *_CODE.findall(prose)))
    lead, _, body = prose.partition("\n\n")
    return Passage(topic.id, str(key), 0, heading, lead, body, code)


def roadmap_passages(roadmap: Roadmap) -> Iterator[Passage]:
    """What a roadmap says of its weeks, tasks, projects and resources."""
    for week in roadmap.weeks:
        yield Passage(
            "", "week", week.first, week.title, f"{week.goal} {week.assignment} {week.project}", _tasks(week), ""
        )
        reading = " ".join(f"{r.title} {r.part}" for r in week.all_resources)
        yield Passage("", "resources", week.first, reading, week.title, " ".join(t.name for t in week.all_topics), "")
    for project in roadmap.projects:
        points = " ".join(point.text for point in project.checkpoints)
        yield Passage("", project.id, project.first, project.title, project.summary, points, "")


def _tasks(week: Week) -> str:
    return " ".join(f"{task.title} {task.first_step} {task.done_when}" for task in week.tasks) + f" {week.why}"


def all_passages(topics: Iterable[Topic]) -> list[Passage]:
    """The passages of every note."""
    return [passage for topic in topics for passage in note_passages(topic)]


def sections_of(topic: Topic) -> dict[SectionKey, Section]:
    """A note's sections by their keys."""
    return {section.key: section for section in topic.sections}
