"""Answers about the plan itself: what a week or a phase holds, when a topic comes, what follows it, what is built.

How such questions look is data in `content/answers/structure.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers.citing import about as about_all
from bot.answers.citing import reading
from bot.answers.disguise import plain
from bot.domain.answer import Answer, Citation, Outcome
from bot.domain.roadmap import Checkpoint, Phase, Project, Roadmap, Week
from bot.domain.text import Prose

KIND = "structure"
NUMBERED = frozenset(("week", "week_needed", "week_after", "week_before", "reading"))
"""What asks for a week by its number, or for the one that the learner is in."""

Finder = Callable[[str], Week | None]
"""Finds the week in which a topic is taught."""


@dataclass(frozen=True)
class Structure:
    """What questions about the plan look like, by what they ask for."""

    looks: Sequence[tuple[str, re.Pattern[str]]]
    not_topics: frozenset[str]

    def asked(self, text: str) -> tuple[str, str] | None:
        """What is asked for, and the topic or the number that was named."""
        read = plain(text).strip(" ?!.\"'")
        for kind, look in self.looks:
            if match := look.fullmatch(read):
                named = match.groupdict()
                about = next((str(value) for value in named.values() if value), "")
                return None if about in self.not_topics else (kind, about)
        return None

    def answer(self, text: str, roadmap: Roadmap, week_of: Finder, here: int | None = None) -> Answer | None:
        """What the roadmap says, or that it has nothing of that name; None when it is not asked. `here` is the
        learner's own week."""
        asked = self.asked(text)
        return _answers(roadmap, week_of, here, *asked) if asked else None


def _answers(roadmap: Roadmap, week_of: Finder, here: int | None, kind: str, about: str) -> Answer | None:
    if kind in ("about", "projects", "phases", "last"):
        return _of_all(roadmap, kind)
    if kind in NUMBERED:
        return _numbered_week(roadmap, kind, here if about == "week" else int(about))
    if kind == "project":
        return _numbered_project(roadmap, about, here)
    if kind == "phase":
        phase = dict(enumerate(roadmap.phases, 1)).get(int(about))
        return _answer(roadmap, phase.weeks[:1], _phase(roadmap, phase)) if phase else None
    if kind == "project_of":
        return _building(roadmap, about, week_of(about))
    week = week_of(about)
    return _around(roadmap, kind, week) if week else Answer(Outcome.UNCOVERED, kind=KIND)


def _numbered_week(roadmap: Roadmap, kind: str, number: int | None) -> Answer | None:
    """What is said of a week that was named by its number: what is read for it, why it is there, or what it holds."""
    week = roadmap.week(number) if number else None
    if week is None:
        return None
    if kind in ("week_after", "week_before"):
        return _around(roadmap, kind.removeprefix("week_"), week)
    said = reading(week) if kind == "reading" else _week(roadmap, week, why=kind == "week_needed")
    return _answer(roadmap, [week], said)


def _numbered_project(roadmap: Roadmap, named: str, here: int | None) -> Answer | None:
    """The project of a number, or by its place in the order. Where each phase counts its own, the learner's phase is
    meant, and the others are named."""
    order = {"last": -1, "final": -1, "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
    projects = roadmap.projects
    if named in order:
        held = projects[order[named] :][:1]
    else:
        held = tuple(project for project in projects if project.number == int(named))
    if not held:
        return None
    week = roadmap.week(here) if here else None
    phase = roadmap.phase_of(week) if week else None
    mine = [p for p in held if phase and phase.weeks[0].first <= p.first <= phase.weeks[-1].last]
    project = next(iter([*mine, *held]))
    others = _list(f"{other.title} ({_weeks(other.first, other.last)})" for other in held if other is not project)
    also = f"\n\nOther phases have one of that number, too:\n\n{others}" if others else ""
    return _of_project(roadmap, project, project.checkpoints, also)


def _around(roadmap: Roadmap, kind: str, week: Week) -> Answer | None:
    """What is said of a topic's week: its phase, itself, or the one beside it."""
    if kind == "phase_of":
        return _answer(roadmap, [week], _phase(roadmap, roadmap.phase_of(week)))
    if kind in ("after", "before"):
        place = roadmap.index(week) + (1 if kind == "after" else -1)
        beside = roadmap.weeks[place] if 0 <= place < len(roadmap.weeks) else week
        return _answer(roadmap, [beside, week], _week(roadmap, beside))
    return _answer(roadmap, [week], _week(roadmap, week))


def _of_all(roadmap: Roadmap, kind: str) -> Answer:
    if kind == "about":
        return about_all(roadmap)
    if kind == "projects":
        lines = (f"{p.title} ({_weeks(p.first, p.last)})" for p in roadmap.projects)
        return _answer(roadmap, roadmap.weeks[:1], _list(lines))
    if kind == "phases":
        lines = (f"{_named(roadmap, p)}, {_weeks(p.weeks[0].first, p.weeks[-1].last).lower()}" for p in roadmap.phases)
        return _answer(roadmap, roadmap.weeks[:1], _list(lines))
    return _answer(roadmap, roadmap.weeks[-1:], _week(roadmap, roadmap.weeks[-1]))


def _building(roadmap: Roadmap, topic: str, week: Week | None) -> Answer | None:
    """The project whose words name a topic, or else the first that is worked on in the week of it or later."""
    named = [p for p in roadmap.projects if topic in _words_of(p)]
    later = [p for p in roadmap.projects if week and p.last >= week.first]
    project = next(iter([*named, *later]), None)
    if project is None:
        return None
    fitting = [point for point in project.checkpoints if topic in point.text.lower()]
    return _of_project(roadmap, project, fitting or project.checkpoints)


def _of_project(roadmap: Roadmap, project: Project, points: Sequence[Checkpoint], also: str = "") -> Answer:
    held = roadmap.week(project.first)
    head = f"**{project.title}**, {_weeks(project.first, project.last).lower()}. {project.summary}"
    said = _list(f"Week {point.week}: {point.text}" for point in points[:4])
    return _answer(roadmap, [held] if held else [], f"{head}\n\n{said}{also}")


def _words_of(project: Project) -> str:
    return " ".join([project.title, project.summary, *(point.text for point in project.checkpoints)]).lower()


def _weeks(first: int, last: int) -> str:
    return f"Week {first}" if first == last else f"Weeks {first} to {last}"


def _named(roadmap: Roadmap, phase: Phase) -> str:
    return f"Phase {roadmap.phases.index(phase) + 1}, {phase.title}"


def _week(roadmap: Roadmap, week: Week, *, why: bool = False) -> Prose:
    head = f"**Week {week.label}, {week.title}** ({_named(roadmap, roadmap.phase_of(week))}, about {week.hours:g} h)"
    said = " ".join(dict.fromkeys(str(part) for part in (week.goal, week.assignment, week.project) if part))
    said = " ".join(filter(None, (week.why if why or not said else "", said)))
    return Prose(f"{head}\n\n{said}\n\n{_list(f'{t.title}, {t.hours:g} h' for t in week.tasks)}")


def _phase(roadmap: Roadmap, phase: Phase) -> Prose:
    weeks = _list(f"Week {week.label}: {week.title}" for week in phase.weeks)
    return Prose(f"**{_named(roadmap, phase)}** ({phase.months})\n\n{phase.goal or phase.focus}\n\n{weeks}")


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _answer(roadmap: Roadmap, weeks: Iterable[Week], text: str) -> Answer:
    cited = tuple(Citation(roadmap.id, w, "", str(w.title), str(w.title), str(w.goal or w.why)) for w in weeks)
    return Answer(Outcome.ANSWERED, Prose(text), cited, KIND, certainty=1.0)


def load_structure(folder: Path) -> Structure:
    """The questions about the plan of a content folder's `answers/`."""
    read = yaml.safe_load((folder / "structure.yaml").read_text(encoding="utf-8"))
    none = frozenset(entry.strip() for entry in read.pop("not_topics").split(","))
    looks = [(kind, re.compile(line)) for kind, lines in read.items() for line in lines.splitlines()]
    return Structure(looks, none)
