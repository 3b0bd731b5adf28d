"""Answers that lie ready: lines known word for word, and how things are installed, with the week that teaches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answers.citing import cite
from bot.answers.installing import Installing, load_installing
from bot.answers.known import Known, KnownLines, load_known
from bot.answers.placing import Hit, Syllabus
from bot.domain.answer import Answer, Citation, Outcome, Question
from bot.domain.roadmap import Week
from bot.domain.text import Prose
from bot.domain.topic import Topic

KIND = "known"
CERTAIN = 2.0

Before = Callable[[], tuple[str, str]]
"""What was asked before, as far as it stands alone, and the note that answered it; "" for none."""


@dataclass(frozen=True)
class Ready:
    """What is answered without a search."""

    known: KnownLines
    installing: Installing
    topics: Mapping[str, Topic]

    def knows(self, text: str) -> bool:
        """Whether a text by itself has a ready answer."""
        return self._known(text) is not None

    def answer(self, question: Question, syllabus: Syllabus, before: Before) -> Answer | None:
        """The ready answer; None when there is none, or the roadmap teaches nothing of it."""
        known = self._known(question.text) or self._going_on(question, before)
        placed = _placed(known, syllabus, question.week) if known else None
        if known is None or placed is None:
            return None
        note, week = placed
        return Answer(Outcome.ANSWERED, Prose(known.says), (self._cited(note, week, question, known),), KIND,
                      certainty=CERTAIN)  # fmt: skip

    def _known(self, text: str) -> Known | None:
        entry = self.known.entry(text)
        return entry.known if entry else self.installing.answer(text)

    def _going_on(self, question: Question, before: Before) -> Known | None:
        """ "How do I install it?" in a talk."""
        if not question.thread or not self.installing.asks_again(question.text):
            return None
        return self.installing.of_talk(*before())

    def _cited(self, note: str, week: Week, question: Question, known: Known) -> Citation:
        return cite(Hit(week, -1, CERTAIN), self.topics.get(note), question.roadmap, text=Prose(known.says))


def _placed(known: Known, syllabus: Syllabus, here: int | None) -> tuple[str, Week] | None:
    """The first of the notes that the roadmap has, and its week: where it is taught, or of several such the nearest to
    the learner's own."""
    for note in known.notes:
        weeks = [(syllabus.by_id[name], strength) for name, strength in syllabus.weeks.get(note, {}).items()]
        if weeks:
            best = max(strength for _, strength in weeks)
            taught = [week for week, strength in weeks if strength == best]
            return note, min(taught, key=lambda week: (abs(week.first - here) if here else 0, week.first))
    return None


def load_ready(folder: Path, topics: Mapping[str, Topic]) -> Ready:
    """The ready answers of a content folder's `answers/`."""
    return Ready(load_known(folder), load_installing(folder), topics)
