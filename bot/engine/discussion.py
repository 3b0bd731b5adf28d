"""Something to talk about in a group's digest, from the notes of its members' weeks: another thing each week."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from bot.domain.catalog import Catalog
from bot.domain.enrollment import Enrollment
from bot.domain.learner import Preferences
from bot.domain.plan import place
from bot.domain.roadmap import Week
from bot.domain.topic import ChoiceItem, QuizItem, QuizKind, SectionKey
from bot.engine.boards import Plans
from bot.engine.ports import Library
from bot.engine.storing import Work

Subject = tuple[str, ...]
"""Two things to choose between, or one question."""
_CHOICE = re.compile(r"([^\W\d][^,]{1,29}?) (?:or|vs\.?|versus) ([^\W\d][^,]{1,29})", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(?:i|my|should|which|what|when|how|is|are|can|do|does|did|use|it|not|for|when|if|or .* or)\b|\?", re.IGNORECASE
)
"""Words of a whole question, in which the two things are not what stands beside `or`."""


async def to_discuss(
    work: Work, group_id: int, plans: Plans, catalog: Catalog, library: Library | None, on: date, now: datetime
) -> Subject:
    """Two things one has to choose between, or a question for a reason; where the notes have none that is new to the
    group, any question. What was talked about lately comes again only when there is nothing else."""
    first, rest = _fitting(plans, catalog, library, now)
    talked = await work.groups.talked(group_id)
    found = chosen(first, rest, talked, on)
    if found:
        await work.groups.note_talk(group_id, on, mark_of(found))
    return found


def chosen(first: Sequence[Subject], rest: Sequence[Subject], talked: Mapping[date, str], on: date) -> Subject:
    """What this day was given already; else something new, the better ones first; else what lies back longest."""
    everything = [*_turned(first, on), *_turned(rest, on)]
    if on in talked and (same := [subject for subject in everything if mark_of(subject) == talked[on]]):
        return same[0]
    last = {mark: day for day, mark in sorted(talked.items())}
    new = [subject for subject in everything if mark_of(subject) not in last]
    return next(iter(new), None) or min(everything, key=lambda subject: last[mark_of(subject)], default=())


def _turned(subjects: Sequence[Subject], on: date) -> list[Subject]:
    """The same ones, beginning at another each week."""
    at = on.toordinal() // 7 % max(1, len(subjects))
    return [*subjects[at:], *subjects[:at]]


def mark_of(subject: Subject) -> str:
    """What is kept of a subject, to know it again."""
    return sha256("|".join(subject).encode()).hexdigest()[:16]


def _fitting(
    plans: Plans, catalog: Catalog, library: Library | None, now: datetime
) -> tuple[list[Subject], list[Subject]]:
    """What can be talked about without seeing choices, and what else can be asked; of the most read notes first."""
    if library is None:
        return [], []
    found = [topic for note, _ in _notes(plans, catalog, now).most_common() if (topic := library.find(note))]
    items = [item for topic in found for item in library.quiz(topic.id)]
    choices = [pair for topic in found for ask in topic.asks.get(SectionKey.CHOOSING, ()) if (pair := _either(ask))]
    open_ = dict.fromkeys([*choices, *((item.ask,) for item in items if _is_open(item))])
    return list(open_), [(i.ask,) for i in items if _is_plain(i) and (i.ask,) not in open_]


def _either(ask: str) -> tuple[str, str] | None:
    """The two things of a question such as `accuracy or f1`; None for any other."""
    found = _CHOICE.fullmatch(ask)
    return (found[1], found[2]) if found and not _ASKING.search(ask) else None


def _notes(plans: Plans, catalog: Catalog, now: datetime) -> Counter[str]:
    notes: Counter[str] = Counter()
    for plan, preferences in plans.values():
        week = _week(plan, preferences, catalog, now)
        notes.update({topic.note for topic in week.all_topics} if week else ())
    return notes


def _week(plan: Enrollment, preferences: Preferences, catalog: Catalog, now: datetime) -> Week | None:
    roadmap = catalog.roadmaps.get(plan.roadmap_id)
    return place(plan, roadmap, preferences.today(now)).week if roadmap else None


def _is_open(item: QuizItem) -> bool:
    """Whether it asks for a reason or a difference, which people can talk about without seeing choices."""
    return _is_plain(item) and item.ask.startswith(("Why ", "What is the difference"))


def _is_plain(item: QuizItem) -> bool:
    """Whether it is one question in words, without code to look at."""
    return isinstance(item, ChoiceItem) and item.kind is QuizKind.SINGLE and not item.code
