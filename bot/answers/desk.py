"""Answers questions from the notes: refuses what is not its business, finds the week, says the part that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from bot.answers.citing import ROADMAP, about, cite, plan_answer
from bot.answers.composing import begun_with, both_sides, compose, draft, without_captions
from bot.answers.embedding import Nearness, reordered
from bot.answers.guard import Guard, doubt
from bot.answers.leaning import Shown
from bot.answers.lexicon import Lexicon
from bot.answers.library import Index
from bot.answers.pasted import without_frames
from bot.answers.placing import Findings, Hit, Syllabus, find
from bot.answers.prose import sentences
from bot.answers.query import Query, make_query
from bot.answers.ranking import Evidence
from bot.answers.ready import Ready
from bot.answers.sections import best_case, ordered_sections
from bot.answers.spelling import Spelling
from bot.answers.structure import Structure
from bot.answers.tokens import stem, stems, words
from bot.domain.answer import Answer, Outcome, Question
from bot.domain.roadmap import Week
from bot.domain.text import Prose
from bot.domain.topic import SectionKey, Topic, WrongCase

CITED = 5
CASE_FITS = 0.3
CASE_IS_BEST = 0.6
CASE_STANDS_OUT = 1.5
"""How well a case must fit beside the best section: for somebody who is stuck, when it seems so, and else."""
NAMED = 0.2
"""How much a name must tell for its note to be one side of a comparison."""
ANCHORS = 2
"""How many words of the trade count."""
SAME = 0.97
"""How alike a question is to one that a note was written for when it is that question."""
DEFAULT_KIND = "definition"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the desk stops answering. Calibrated on `asks` left out one by one and on everyday lines."""

    thin: float = 0.48
    outside: float = 0.48
    aside: float = 0.33


@dataclass(frozen=True)
class Desk:
    """The offline answer. Knows the notes and the roadmaps, and no network. `near` adds meanings, where wanted."""

    topics: Mapping[str, Topic]
    syllabi: Mapping[str, Syllabus]
    index: Index
    lexicon: Lexicon
    spelling: Spelling
    guard: Guard
    known: Mapping[str, float]
    structure: Structure
    ready: Ready
    thresholds: Thresholds = Thresholds()
    near: Nearness | None = None

    @cached_property
    def single_names(self) -> frozenset[str]:
        """The notes' names of one word, as stems."""
        return frozenset(name for name in self.index.called if " " not in name)

    def answer(self, question: Question) -> Answer:
        """The answer to a question, or why there is none."""
        refused = self.guard.refusal(question.text)
        if refused is not None:
            return Answer(refused)
        ready = self.ready.answer(question, self._syllabus(question), partial(self._before, question))
        if ready is not None:
            return ready
        query, found = self.look_up(question)
        taught = partial(self._taught, question)
        planned = self.structure.answer(question.text, question.roadmap, taught, question.week)
        if planned is not None and self._stands(planned, query, found):
            return planned
        if query.kind == ROADMAP and found.hits:
            return about(question.roadmap)
        outcome = self.outcome(query, found)
        if outcome is Outcome.ANSWERED:
            return self._answered(query, found, question)
        nearest = tuple(cite(hit, self._topic(hit), question.roadmap) for hit in found.hits[:1])
        return Answer(outcome, citations=nearest if outcome is Outcome.UNCOVERED else (), kind=query.kind)

    def _stands(self, planned: Answer, query: Query, found: Findings) -> bool:
        """Whether what the roadmap says of itself goes before what a note was written for, or what is no subject."""
        if planned.outcome is Outcome.UNCOVERED and self.outcome(query, found) is Outcome.OFF_TOPIC:
            return False
        return planned.kind == ROADMAP or not _written_for(found)

    def _taught(self, question: Question, name: str) -> Week | None:
        """The week in which something is taught that the roadmap names; None when that is not sure."""
        asked = Question(name, question.roadmap)
        query, found = self.look_up(asked)
        if self.guard.refusal(name) or self.outcome(query, found) is not Outcome.ANSWERED:
            return None
        note = max(found.scores, key=lambda n: found.scores[n])
        weeks = [hit.week for hit in found.hits if hit.note == note] if found.evidence[note].named else []
        return weeks[0] if weeks else found.hits[0].week

    def look_up(self, question: Question, without: int = -1) -> tuple[Query, Findings]:
        """The question as terms, and all that was found for it."""
        meant = self.meant(question)
        query = make_query(without_frames(meant), self.lexicon, self.spelling)
        if meant != question.text:
            query = replace(query, kind=self.lexicon.kind(question.text) or query.kind, leans=True)
        elif not query.kind and self._is_name(query):
            query = replace(query, kind=DEFAULT_KIND)
        syllabus = self._syllabus(question)
        found = find(query, self.index, syllabus, question.week, without=without)
        return query, reordered(found, self.near(query.text)) if self.near else found

    def _syllabus(self, question: Question) -> Syllabus:
        return self.syllabi.get(question.roadmap.id) or Syllabus(question.roadmap)

    def _before(self, question: Question) -> tuple[str, str]:
        """What was asked before in the talk, as far as it stands alone, and the note that answered it."""
        asked = next((said.question for said in reversed(question.thread) if not self.lexicon.leans(said.question)), "")
        _, found = self.look_up(replace(question, text=asked, thread=()))
        return asked, next((self.index.notes[hit.note] for hit in found.hits if hit.note >= 0), "")

    def _is_name(self, query: Query) -> bool:
        """Whether a question is no more than what a note is called: "backprop" asks what that is."""
        return " ".join(s for s in query.stems if s not in self.lexicon.empty) in self.index.called

    def _definition(self, query: Query, topic: Topic) -> str:
        """The sentence that says what was named: of the note, or of a part of it that its idea explains, as Uvicorn in
        FastAPI. Empty when more was asked than a name."""
        if query.kind != DEFAULT_KIND or not self._is_name(query):
            return ""
        name = {s for s in query.stems if s not in self.lexicon.empty}
        parts = [] if name <= set(stems(str(topic.title))) else sentences(topic.section(SectionKey.IDEA).text)
        summary = sentences(str(topic.summary))[:1]
        return next((s.text for s in [*parts, *summary] if s in summary or name <= set(stems(s.text))), "")

    def meant(self, question: Question) -> str:
        """The question, with the one before in front of it when it cannot stand alone."""
        if not question.thread or not self.lexicon.leans(question.text):
            return question.text
        own = [said.question for said in question.thread if not self.lexicon.leans(said.question)]
        return " ".join([*own[-1:], question.text])

    def outcome(self, query: Query, found: Findings) -> Outcome:
        """Whether what was found answers the question, is on another roadmap, or is none of the mentor's business."""
        if _written_for(found):
            return Outcome.ANSWERED
        if not query.terms or self.guard.leaning.away(query, self.shown(query, found)):
            return Outcome.OFF_TOPIC
        best = max(found.scores.values(), default=0.0)
        inside = max((found.scores.get(hit.note, hit.score) for hit in found.hits), default=0.0)
        if best < self.thresholds.thin or best - inside > min(self.thresholds.outside, self.thresholds.aside * best):
            return Outcome.UNCOVERED
        return Outcome.ANSWERED

    def shown(self, query: Query, found: Findings) -> Shown:
        """What speaks for and against a question, before its words."""
        away = doubt(query, self.guard.everyday, self.known, self.index.whole.rarest, self.single_names)
        best = max(found.scores.values(), default=0.0)
        ask = max((evidence.ask for evidence in found.evidence.values()), default=0.0)
        addressed = self.guard.addressed(query.text)
        return Shown(away.everyday, away.unknown, away.alike, min(away.anchors, ANCHORS), addressed, best, ask)

    def _topic(self, hit: Hit) -> Topic | None:
        return self.topics[self.index.notes[hit.note]] if hit.note >= 0 else None

    def _answered(self, query: Query, found: Findings, question: Question) -> Answer:
        hit = self._best_for(query, found)
        topic = self._topic(hit)
        rest = [other for other in found.hits if other is not hit]
        if topic is None or query.kind == "resource":
            text, title = plan_answer(hit, topic, question.roadmap)
        else:
            other = self._other_side(query, found, hit)
            text, title = self._written(query, topic, found.evidence[hit.note], other)
        cited = (cite(hit, topic, question.roadmap, title, text),
                 *(cite(other, self._topic(other), question.roadmap) for other in rest[: CITED - 1]))  # fmt: skip
        return Answer(Outcome.ANSWERED, text, cited, query.kind or DEFAULT_KIND, certainty=hit.score)

    def _best_for(self, query: Query, found: Findings) -> Hit:
        return found.hits[0]

    def _other_side(self, query: Query, found: Findings, hit: Hit) -> Topic | None:
        """The other note that was named, when two are compared."""
        if query.kind != "compare" or found.evidence[hit.note].named < NAMED:
            return None
        named = [n for n, evidence in found.evidence.items() if n != hit.note and evidence.named >= NAMED]
        best = max(named, key=lambda note: found.scores[note], default=-1)
        return self.topics[self.index.notes[best]] if best >= 0 else None

    def _written(self, query: Query, topic: Topic, evidence: Evidence, other: Topic | None) -> tuple[Prose, str]:
        kind = query.kind
        wanted = self.lexicon.sections.get(kind, ())
        order = ordered_sections(topic, evidence, wanted)
        if query.leans and wanted:  # the section that fits was said the last time
            order = sorted(order, key=lambda key: key != wanted[0])
        definition = self._definition(query, topic)
        if definition:
            order = sorted(order, key=lambda key: key is not SectionKey.IDEA)
        case = None if query.leans else self._case(topic, evidence, order, kind)
        terms = {stem(word) for name in (topic.title, *topic.aliases) for word in words(name)}

        @cache
        def worth(text: str) -> dict[str, float]:
            return self._worth(text, query, terms)

        made = without_captions(draft(topic, order, case, kind, worth), topic, self.lexicon.captions)
        if definition and not case:
            made = begun_with(definition, made)
        return compose(both_sides(made, topic, other) if other else made, worth), made.title

    def _case(self, topic: Topic, evidence: Evidence, order: Sequence[SectionKey], kind: str) -> WrongCase | None:
        """The case to begin with: when something is wrong, or when the words of one fit best of all."""
        fits = best_case(topic, evidence)
        if fits is None:
            return None
        case, score = fits
        sections = max((s for key, s in evidence.passages.items() if " " not in key), default=0.0)
        if order[0] is SectionKey.WRONG:
            return case if score >= (CASE_FITS if kind == "debug" else CASE_IS_BEST) * max(score, sections) else None
        return case if score >= CASE_STANDS_OUT * sections else None

    def _worth(self, text: str, query: Query, names: set[str]) -> dict[str, float]:
        """What a sentence says: the question's terms count most, then the note's own, then terms of art."""
        whole, worth = self.index.whole, {}
        for term in self.lexicon.sentence(text):
            if term in query.terms:
                worth[term] = 2.0 * whole.worth(term) / whole.rarest
            elif term[0] != "~":
                worth[term] = 0.25 if term in names else 0.06
        return worth


def _written_for(found: Findings) -> bool:
    """Whether a note of the roadmap was written for this very question."""
    return any(found.evidence[hit.note].ask >= SAME for hit in found.hits if hit.note >= 0)
