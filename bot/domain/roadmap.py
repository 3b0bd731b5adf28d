"""What a roadmap is: phases of weeks, weeks of tasks, and projects that grow across weeks.

Everything here is frozen content, read once from `content/roadmaps/` and shared by all learners.
A `Week` is one *unit* of the plan. Most units last one calendar week; a range such as "15-16" is
one unit over two, and its second week has words and tasks of its own (`Task.part`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class TaskKind(StrEnum):
    """What a task asks of the learner."""

    LEARN = "learn"
    BUILD = "build"
    DEPLOY = "deploy"
    REFLECT = "reflect"


@dataclass(frozen=True, slots=True)
class TopicRef:
    """A topic as the roadmap names it, and the id of the study note that explains it."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to read or watch. `url` is empty when the roadmap gives a name only."""

    title: str
    url: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `id` never changes: a learner's progress hangs on it."""

    id: str
    kind: TaskKind
    title: str
    hours: float
    done_when: str
    first_step: str
    part: int = 1
    topics: tuple[str, ...] = ()
    project: str = ""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The same week in three sizes: fifteen minutes, the core of it, and further."""

    quick: str
    core: str
    stretch: str


@dataclass(frozen=True, slots=True)
class Aged:
    """Advice of the roadmap that time has overtaken: what it names, what changed, what to use now."""

    names: str
    since: str
    instead: str


@dataclass(frozen=True, slots=True)
class Week:
    """One unit of the plan: roadmap weeks `first` to `last` (the same number for a single week)."""

    id: str
    first: int
    last: int
    title: str
    why: str
    hours: float
    tasks: tuple[Task, ...]
    sizes: Sizes
    topics: tuple[TopicRef, ...] = ()
    algorithms: tuple[TopicRef, ...] = ()
    libraries: tuple[TopicRef, ...] = ()
    goal: str = ""
    assignment: str = ""
    project: str = ""
    resources: tuple[Resource, ...] = ()
    more_resources: tuple[Resource, ...] = ()
    second_week: str = ""
    aged: tuple[Aged, ...] = ()

    @property
    def span(self) -> int:
        """How many roadmap weeks the unit covers: 1, or 2 for a range."""
        return self.last - self.first + 1

    @property
    def label(self) -> str:
        """How the unit is called: `8`, or `15-16`."""
        return str(self.first) if self.span == 1 else f"{self.first}-{self.last}"

    @property
    def all_topics(self) -> tuple[TopicRef, ...]:
        """Topics, algorithms and libraries together, in the roadmap's order."""
        return self.topics + self.algorithms + self.libraries

    @property
    def all_resources(self) -> tuple[Resource, ...]:
        """The roadmap's own resources first, then the ones added to it."""
        return self.resources + self.more_resources

    def task_number(self, task_id: str) -> int:
        """The number a learner says for a task: its place in the week, from 1."""
        return next(i for i, task in enumerate(self.tasks, 1) if task.id == task_id)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a project should stand at the end of a week."""

    week: int
    text: str


@dataclass(frozen=True, slots=True)
class Project:
    """Something to build over one or many weeks, with a checkpoint for each stretch of it."""

    id: str
    title: str
    summary: str
    first: int
    last: int
    checkpoints: tuple[Checkpoint, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A run of weeks with one aim. `months` is the author's label; dates never come from it."""

    id: str
    title: str
    months: str
    weeks: tuple[Week, ...]
    goal: str = ""
    focus: str = ""
    milestone: str = ""
    months_detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StackRow:
    """One row of the roadmap's tech-stack table."""

    category: str
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Roadmap:
    """A whole learning plan. Weeks are numbered from 1 to `length` without a gap.

    `name` is the title's short form, for buttons and for the middle of a sentence.
    """

    id: str
    title: str
    name: str
    summary: str
    hours_low: float
    hours_high: float
    phases: tuple[Phase, ...]
    projects: tuple[Project, ...] = ()
    principles: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    stack: tuple[StackRow, ...] = ()
    learn_percent: int | None = None
    closing: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Every unit of the plan, in order."""
        return tuple(week for phase in self.phases for week in phase.weeks)

    @property
    def length(self) -> int:
        """How many weeks the roadmap lasts at its own pace."""
        return self.weeks[-1].last

    @property
    def hours_typical(self) -> float:
        """Hours a week the plan asks of a learner: the middle of the stated range."""
        return (self.hours_low + self.hours_high) / 2

    @cached_property
    def _by_number(self) -> dict[int, Week]:
        return {n: week for week in self.weeks for n in range(week.first, week.last + 1)}

    @cached_property
    def _homes(self) -> dict[str, tuple[Week, Task]]:
        return {task.id: (week, task) for week in self.weeks for task in week.tasks}

    def week(self, number: int) -> Week | None:
        """The unit that holds roadmap week `number`, or None when there is no such week."""
        return self._by_number.get(number)

    def index(self, week: Week) -> int:
        """The unit's place in the plan, from 0."""
        return self.weeks.index(week)

    def task(self, task_id: str) -> tuple[Week, Task] | None:
        """A task and its week, following renames, or None when the roadmap has no such task."""
        return self._homes.get(self.renamed.get(task_id, task_id))

    def tasks(self) -> Iterator[Task]:
        """Every task of the plan, in order."""
        return (task for week in self.weeks for task in week.tasks)

    def phase_of(self, week: Week) -> Phase:
        """The phase that holds a unit."""
        return next(phase for phase in self.phases if week in phase.weeks)

    def project(self, project_id: str) -> Project | None:
        """A project by its id."""
        return next((p for p in self.projects if p.id == project_id), None)
