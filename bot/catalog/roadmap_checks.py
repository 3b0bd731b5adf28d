"""What no single field can see: weeks without a gap, ids said once, projects and renames that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.catalog.problems import Problem, YamlPath, nearest_line, spell_path
from bot.catalog.roadmap_schema import PhaseModel, RoadmapModel
from bot.catalog.yaml_source import YamlSource

Phases = Sequence[tuple[PhaseModel, YamlSource]]


def roadmap_problems(head: RoadmapModel, phases: Phases, source: YamlSource, folder: str) -> list[Problem]:
    """What is wrong in `roadmap.yaml` when read beside its phases."""
    return [*_named_like_folder(head, source, folder), *_hours(head, source), *_renames(head, phases, source)]


def phase_problems(phases: Phases, head: RoadmapModel) -> list[Problem]:
    """What is wrong in the phases when read one after the other."""
    return [*_numbering(phases), *_ids(phases), *_projects(phases, head)]


def _problem(source: YamlSource, path: YamlPath, problem: str, remedy: str) -> Problem:
    return Problem(source.file, nearest_line(source.lines, path), spell_path(path), problem, remedy)


def _named_like_folder(head: RoadmapModel, source: YamlSource, folder: str) -> Iterator[Problem]:
    if head.id != folder:
        yield _problem(source, ("id",), f"is {head.id}, but the folder is called {folder}", "Make them the same.")


def _hours(head: RoadmapModel, source: YamlSource) -> Iterator[Problem]:
    if head.hours_per_week.low > head.hours_per_week.high:
        yield _problem(source, ("hours_per_week",), "has a low above its high", "Swap the two.")


def _renames(head: RoadmapModel, phases: Phases, source: YamlSource) -> Iterator[Problem]:
    known = {task.id for phase, _ in phases for week in phase.weeks for task in week.guide.tasks}
    for old, new in head.renamed.items():
        if known and new not in known:
            yield _problem(source, ("renamed", old), f"leads to {new}, which is no task", "Name a task's present id.")


def _numbering(phases: Phases) -> Iterator[Problem]:
    expected = 1
    for phase, source in phases:
        for index, week in enumerate(phase.weeks):
            if week.first != expected:
                remedy = f"Number the weeks without a gap; this one should begin with {expected}."
                yield _problem(source, ("weeks", index, "weeks"), f"is {week.weeks} after week {expected - 1}", remedy)
            expected = week.last + 1


def _ids(phases: Phases) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, source, found in _all_ids(phases):
        if found in seen:
            yield _problem(
                source, path, f"is {found}, which stands elsewhere too", "Give each its own; ids are for good."
            )
        seen.add(found)


def _all_ids(phases: Phases) -> Iterator[tuple[YamlPath, YamlSource, str]]:
    for phase, source in phases:
        for index, week in enumerate(phase.weeks):
            yield ("weeks", index, "id"), source, f"week {week.id}"
            for number, task in enumerate(week.guide.tasks):
                yield ("weeks", index, "guide", "tasks", number, "id"), source, f"task {task.id}"


def _projects(phases: Phases, head: RoadmapModel) -> Iterator[Problem]:
    known = {project.id for project in head.projects}
    for phase, source in phases:
        for index, week in enumerate(phase.weeks):
            for number, task in enumerate(week.guide.tasks):
                if task.project and task.project not in known:
                    path = ("weeks", index, "guide", "tasks", number, "project")
                    remedy = f"Add it to `projects` in roadmap.yaml, or use one of: {', '.join(sorted(known))}."
                    yield _problem(source, path, f"is {task.project}, which is no project", remedy)
