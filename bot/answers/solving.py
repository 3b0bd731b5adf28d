"""Questions that want a task of a project solved: which task, and whether a hint or all of it is asked for.

How such questions look is data in `content/answers/solving.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.answers.disguise import plain
from bot.answers.tokens import stems
from bot.domain.answer import Exercise, Question
from bot.domain.plan import next_step
from bot.domain.roadmap import Project, Roadmap, Week

ALIKE, COMMON = 0.6, 2
"""The share of a title's words that a question must have, and how many at least, to be about it."""
_NUMBERED = re.compile(r"(?:task|step) (?P<task>\d{1,2})(?: (?:of|in|from) week (?P<week>\d{1,2}))?")
_HERE = re.compile(
    r"(?:(?:this|that|the|my|our|today's|this week's|current|next) )*(?P<what>task|assignment|exercise|project)"
)
_SMALL = frozenset(stems("the a an of for in on to with and your my own its it as by from that this project app task"))


@dataclass(frozen=True)
class Solving:
    """What the questions look like."""

    does: Sequence[re.Pattern[str]]
    whole: Sequence[re.Pattern[str]]

    def asked(self, question: Question) -> Exercise | None:
        """What is to be solved; None when the question is about something else."""
        read = _read(question.text)
        if (match := _first(self.whole, read)) is not None:
            return _as_whole(self._meant(match.groupdict().get("topic") or "", question))
        match = _first(self.does, read)
        found = _named(match["topic"], question) if match else None
        return _as_whole(found) if question.whole else found

    def asks_whole(self, text: str) -> bool:
        """Whether somebody wants all of a solution, whatever it is about."""
        return _first(self.whole, _read(text)) is not None

    def _meant(self, topic: str, question: Question) -> Exercise | None:
        """What "the full solution" is about: what it names, else what was asked before."""
        if topic:
            return _named(topic, question)
        before = (self.asked(replace(question, text=said.question, thread=())) for said in reversed(question.thread))
        return next((found for found in before if found), None)


def _as_whole(found: Exercise | None) -> Exercise | None:
    return replace(found, whole=True) if found else None


def _read(text: str) -> str:
    return plain(text).strip(" ?!.\"'")


def _first(looks: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for look in looks if (match := look.fullmatch(text))), None)


def _named(topic: str, question: Question) -> Exercise | None:
    """A project's task, or a project, by number, as the one at hand, or by words of its title."""
    if match := _NUMBERED.fullmatch(topic):
        return _by_number(int(match["task"]), int(match["week"] or question.week or 0), question.roadmap)
    if match := _HERE.fullmatch(topic):
        return _at_hand(match["what"], question)
    said = set(stems(topic)) - _SMALL
    fits = [
        (max(_likeness(said, name) for name in _names(found.title)), found) for found in _exercises(question.roadmap)
    ]
    here = question.week or 1
    score, best = max(fits, key=lambda fit: (fit[0], -abs(fit[1].week.first - here)), default=(0.0, None))
    return best if score >= ALIKE else None


def _names(title: str) -> Iterator[str]:
    """A title, and what stands before a comma in it where that is a name by itself."""
    head = title.partition(",")[0]
    yield title
    if len(head.split()) > COMMON:
        yield head


def _likeness(said: set[str], title: str) -> float:
    """The share of a title's words among those said, and a little for those said that are the title's."""
    own = set(stems(title)) - _SMALL
    common = said & own
    enough = len(common) >= COMMON or common == own == said
    return len(common) / len(own) + 0.1 * len(common) / len(said) if own and said and enough else 0.0


def _by_number(number: int, week: int, roadmap: Roadmap) -> Exercise | None:
    found = roadmap.week(week)
    tasks = found.tasks if found else ()
    return _of(roadmap, found, number) if found and 0 < number <= len(tasks) else None


def _at_hand(what: str, question: Question) -> Exercise | None:
    """The next task, or the project of the week, of somebody whose plan is at hand."""
    roadmap, mine = question.roadmap, question.mine
    if what == "project":
        running = (p for p in roadmap.projects if question.week and p.first <= question.week <= p.last)
        return next((_of_project(roadmap, project) for project in running), None)
    step = next_step(mine.plan, roadmap, mine.today) if mine else None
    return _of(roadmap, step.week, step.number) if step else None


def _of(roadmap: Roadmap, week: Week, number: int) -> Exercise | None:
    task = week.tasks[number - 1]
    project = roadmap.project(task.project)
    return Exercise(week, project, task) if project else None


def _of_project(roadmap: Roadmap, project: Project) -> Exercise | None:
    week = roadmap.week(project.first)
    return Exercise(week, project) if week else None


def _exercises(roadmap: Roadmap) -> Iterator[Exercise]:
    """The tasks of projects, and the projects."""
    for week in roadmap.weeks:
        for number, _ in enumerate(week.tasks, 1):
            if found := _of(roadmap, week, number):
                yield found
    yield from (found for project in roadmap.projects if (found := _of_project(roadmap, project)))


def load_solving(folder: Path) -> Solving:
    """The questions of a content folder's `answers/`."""
    read = yaml.load((folder / "solving.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return Solving(*([re.compile(line) for line in read[key].splitlines()] for key in ("does", "whole")))
