"""What the roadmap itself says, as passages: an exercise, a week with its tasks, what to read for it."""

from __future__ import annotations

from bot.answers.citing import reading
from bot.domain.answer import Answer, Citation, Exercise, Outcome, Question
from bot.domain.brief import Brief, BriefPart
from bot.domain.roadmap import Roadmap, Week
from bot.domain.text import Prose

SOLUTION = "solution"
"""The kind of an answer to somebody who asks for all of a task's solution."""
STEPS = (BriefPart.MILESTONES, BriefPart.DONE)


def cite_week(roadmap: Roadmap, week: Week) -> Citation:
    """A week of the roadmap as the place of an answer."""
    return Citation(roadmap.id, week, "", str(week.title), str(week.title), str(week.goal or week.why))


def of_exercise(found: Exercise) -> Prose:
    """What the roadmap says of how to do it: the first step, when it is done, where the project should stand."""
    said = []
    if found.task:
        said += [f"First step: {found.task.first_step}", f"Done when: {found.task.done_when}"]
    else:
        said.append(str(found.project.summary))
    weeks = range(found.week.first, found.week.last + 1)
    points = [p for p in found.project.checkpoints if not found.task or p.week in weeks]
    lines = "\n".join(f"- By the end of week {point.week}: {point.text}" for point in points[:5])
    return Prose("\n\n".join(part for part in (*said, lines) if part))


def of_week(week: Week) -> str:
    """What a week is for, its tasks with their first steps, and what to read for it."""
    tasks = "\n".join(f"- {t.title} ({t.hours:g} h): {t.first_step} Done when: {t.done_when}" for t in week.tasks)
    said = " ".join(str(part) for part in (week.why, week.goal, week.assignment, week.project) if part)
    return f"Week {week.label}, {week.title}: {said}\n{tasks}"


def to_read(week: Week) -> str:
    """What the roadmap names to read in a week, in order."""
    return str(reading(week))


def steps_of(brief: Brief) -> str:
    """How a project is built step by step, and when it is done, from its brief."""
    return "\n\n".join(f"{brief.section(part).title}\n{brief.section(part).text}" for part in STEPS)


def solution(question: Question, found: Exercise) -> Answer:
    """What there is for whoever asks for all of it and has no model: no solution, but where to begin and to end."""
    cited = (cite_week(question.roadmap, found.week),)
    return Answer(Outcome.ANSWERED, of_exercise(found), cited, SOLUTION, certainty=1.0, exercise=found)
