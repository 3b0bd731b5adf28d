"""The passages that a model is given, each under an id that it must cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.answers.citing import ROADMAP, cite
from bot.answers.desk import Desk
from bot.answers.placing import Findings, Hit
from bot.answers.plan_words import cite_week, of_exercise, of_week, steps_of, to_read
from bot.answers.structure import KIND
from bot.domain.answer import Answer, Citation, Exercise, Outcome, Question
from bot.domain.brief import Brief
from bot.domain.topic import SectionKey, Topic

MOST = 8
OF_NOTES = 5
OF_WEEKS = 2
LENGTH = 1400
LENGTH_OF_WEEK = 900
PER_NOTE = 3
NUMBERS = (1, 2, *range(4, MOST + 2))
"""No passage is called S3: learners store files there."""


@dataclass(frozen=True, slots=True)
class Source:
    """One passage as it is sent: its id, where it is from, and its text."""

    id: str
    citation: Citation
    text: str


Passage = tuple[Citation, str]


def sources_for(
    desk: Desk, question: Question, exercise: Exercise | None = None, brief: Brief | None = None
) -> list[Source]:
    """The passages that fit a question best: what the roadmap says when it is asked about, sections of the notes, and
    the weeks in which they are taught and the learner is."""
    query, found = desk.look_up(question)
    first = [*_of_exercise(question, exercise, brief), *_planned(desk.answer(question))]
    notes = list(islice(_of_notes(desk, question, found), OF_NOTES))
    weeks = _of_weeks(question, found.hits, reading=query.kind == "resource") if first or notes else ()
    kept = [*first, *notes, *islice(weeks, OF_WEEKS)][:MOST]
    return [Source(f"S{number}", *passage) for number, passage in zip(NUMBERS, kept, strict=False)]


def _of_exercise(question: Question, exercise: Exercise | None, brief: Brief | None) -> Iterator[Passage]:
    """What the roadmap says of a task or a project; its steps only for whoever asks for all of it."""
    if exercise is None:
        return
    yield cite_week(question.roadmap, exercise.week), f"{exercise.title}\n{of_exercise(exercise)}"[:LENGTH]
    if brief is not None and exercise.whole:
        yield cite_week(question.roadmap, exercise.week), steps_of(brief)[: 2 * LENGTH]


def _planned(answer: Answer) -> Iterator[Passage]:
    """What the roadmap answers by itself."""
    if answer.outcome is Outcome.ANSWERED and answer.kind in (KIND, ROADMAP) and answer.citations:
        yield answer.citations[0], answer.text[:LENGTH]


def _of_notes(desk: Desk, question: Question, found: Findings) -> Iterator[Passage]:
    """The sections that fit best, of the notes that fit best."""
    seen: set[str] = set()
    for hit in found.hits:
        topic = desk.topics.get(desk.index.notes[hit.note]) if hit.note >= 0 else None
        if topic is None or topic.id in seen:
            continue
        seen.add(topic.id)
        fits = found.evidence[hit.note].passages
        for key in sorted(fits, key=lambda key: -fits[key])[:PER_NOTE]:
            yield cite(hit, topic, question.roadmap, key.split()[0]), _text(topic, key)[:LENGTH]


def _of_weeks(question: Question, hits: Sequence[Hit], *, reading: bool) -> Iterator[Passage]:
    """The week that teaches what was asked, with what to read when that was asked for, and the learner's own."""
    own = question.roadmap.week(question.week) if question.week else None
    weeks = {week.id: week for week in (*(hit.week for hit in hits[:1]), own) if week}
    for week in weeks.values():
        if reading:
            yield cite_week(question.roadmap, week), to_read(week)[:LENGTH_OF_WEEK]
        yield cite_week(question.roadmap, week), of_week(week)[:LENGTH_OF_WEEK]


def _text(topic: Topic, key: str) -> str:
    name, _, number = key.partition(" ")
    section = topic.section(SectionKey(name))
    if not number:
        return section.lead
    case = section.cases[int(number)]
    return f"{case.title}\n{case.text}"
