"""The passages that a model is given, each under an id that it must cite."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.citing import cite
from bot.answers.desk import Desk
from bot.domain.answer import Citation, Question
from bot.domain.topic import SectionKey, Topic

MOST = 6
LENGTH = 1400
PER_NOTE = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One passage as it is sent: its id, where it is from, and its text."""

    id: str
    citation: Citation
    text: str


def sources_for(desk: Desk, question: Question) -> list[Source]:
    """The passages that fit a question best, of the notes that fit it best."""
    _, found = desk.look_up(question)
    made: list[Source] = []
    for hit in found.hits:
        topic = desk.topics.get(desk.index.notes[hit.note]) if hit.note >= 0 else None
        if topic is None or any(source.citation.note == topic.id for source in made):
            continue
        fits = found.evidence[hit.note].passages
        for key in sorted(fits, key=lambda key: -fits[key])[:PER_NOTE]:
            citation = cite(hit, topic, question.roadmap, key.split()[0])
            made.append(Source(f"S{len(made) + 1}", citation, _text(topic, key)[:LENGTH]))
            if len(made) == MOST:
                return made
    return made


def _text(topic: Topic, key: str) -> str:
    name, _, number = key.partition(" ")
    section = topic.section(SectionKey(name))
    if not number:
        return section.lead
    case = section.cases[int(number)]
    return f"{case.title}\n{case.text}"
