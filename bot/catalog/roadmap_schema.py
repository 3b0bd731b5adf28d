"""The shape of the YAML under `content/roadmaps/<id>/`, and how it becomes the domain's `Roadmap`.

One `roadmap.yaml` holds what is said once; one `phase-N.yaml` a phase holds its weeks. Fields at the
top of a week are the roadmap's own; everything under `guide:` was added to it by whoever keeps the file.
"""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, model_validator

from bot.domain import roadmap as domain
from bot.domain.text import Prose

ID = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=40)]
RoadmapID = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=24)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True), AfterValidator(Prose)]
Text = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), AfterValidator(Prose)]
Hours = Annotated[float, Field(gt=0, le=120, multiple_of=0.25)]


class Strict(BaseModel):
    """A mapping with no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class TopicModel(Strict):
    """A topic, algorithm or library: the name as the roadmap writes it, and the note that explains it."""

    name: Line
    note: ID


class ResourceModel(Strict):
    """A page, book, course or repository. `part` says which sections to read."""

    title: Line
    url: HttpUrl | None = None
    part: Text = Prose("")

    def to_domain(self) -> domain.Resource:
        """The domain's value for it."""
        return domain.Resource(self.title, str(self.url) if self.url else "", self.part)


class TaskModel(Strict):
    """One thing to do. The id is unique in the roadmap and never changes once published."""

    id: ID
    kind: domain.TaskKind
    title: Line
    hours: Hours
    done_when: Line
    first_step: Line
    part: Annotated[int, Field(ge=1, le=2)] = 1
    topics: list[ID] = []
    project: str = ""

    def to_domain(self) -> domain.Task:
        """The domain's value for it."""
        return domain.Task(
            self.id,
            self.kind,
            self.title,
            self.hours,
            self.done_when,
            self.first_step,
            self.part,
            tuple(self.topics),
            self.project,
        )


class SizesModel(Strict):
    """The week in three sizes."""

    quick: Line
    core: Line
    stretch: Line


class AgedModel(Strict):
    """Advice that time has overtaken: what the roadmap names, what changed since, what to use instead."""

    names: Line
    since: Line
    instead: Line


class GuideModel(Strict):
    """What was added to the roadmap's own week so that a learner can be walked through it."""

    why: Line
    hours: Hours
    tasks: Annotated[list[TaskModel], Field(min_length=1, max_length=9)]
    sizes: SizesModel
    resources: list[ResourceModel] = []
    second_week: Text = Prose("")
    aged: list[AgedModel] = []

    @model_validator(mode="after")
    def _hours_add_up(self) -> Self:
        total = sum(task.hours for task in self.tasks)
        if total != self.hours:
            raise ValueError(f"the tasks take {total:g} h together, the week says {self.hours:g} h: make them equal")
        return self


class WeekModel(Strict):
    """One unit of the plan. `weeks` is a number, or a range written "15-16"."""

    id: ID
    weeks: Annotated[str, StringConstraints(pattern=r"^\d{1,3}(?:-\d{1,3})?$")]
    title: Line
    topics: list[TopicModel] = []
    algorithms: list[TopicModel] = []
    libraries: list[TopicModel] = []
    goal: Text = Prose("")
    assignment: Text = Prose("")
    project: Text = Prose("")
    resources: list[ResourceModel] = []
    guide: GuideModel

    @property
    def first(self) -> int:
        """The first roadmap week of the unit."""
        return int(self.weeks.split("-")[0])

    @property
    def last(self) -> int:
        """The last roadmap week of the unit."""
        return int(self.weeks.split("-")[-1])

    @model_validator(mode="after")
    def _range_is_whole(self) -> Self:
        span = self.last - self.first + 1
        if span not in (1, 2):
            raise ValueError(f'"{self.weeks}" must be one week or two in a row, such as "7" or "15-16"')
        if span == 2 and not self.guide.second_week:
            raise ValueError("a range of two weeks needs guide.second_week: a line for its second week's message")
        if {task.part for task in self.guide.tasks} - set(range(1, span + 1)):
            raise ValueError("part: 2 is only for tasks in a range of two weeks")
        return self

    def to_domain(self) -> domain.Week:
        """The domain's value for it."""
        guide = self.guide
        return domain.Week(
            id=self.id,
            first=self.first,
            last=self.last,
            title=self.title,
            why=guide.why,
            hours=guide.hours,
            tasks=tuple(task.to_domain() for task in sorted(guide.tasks, key=lambda t: t.part)),
            sizes=domain.Sizes(guide.sizes.quick, guide.sizes.core, guide.sizes.stretch),
            topics=_topics(self.topics),
            algorithms=_topics(self.algorithms),
            libraries=_topics(self.libraries),
            goal=self.goal,
            assignment=self.assignment,
            project=self.project,
            resources=tuple(r.to_domain() for r in self.resources),
            more_resources=tuple(r.to_domain() for r in guide.resources),
            second_week=guide.second_week,
            aged=tuple(domain.Aged(a.names, a.since, a.instead) for a in guide.aged),
        )


def _topics(models: list[TopicModel]) -> tuple[domain.TopicRef, ...]:
    return tuple(domain.TopicRef(m.name, m.note) for m in models)


class PhaseModel(Strict):
    """One `phase-N.yaml`."""

    id: ID
    title: Line
    months: Text = Prose("")
    months_detail: list[Text] = []
    goal: Text = Prose("")
    focus: Text = Prose("")
    milestone: Text = Prose("")
    weeks: Annotated[list[WeekModel], Field(min_length=1)]

    def to_domain(self) -> domain.Phase:
        """The domain's value for it."""
        return domain.Phase(
            id=self.id,
            title=self.title,
            months=self.months,
            weeks=tuple(w.to_domain() for w in self.weeks),
            goal=self.goal,
            focus=self.focus,
            milestone=self.milestone,
            months_detail=tuple(self.months_detail),
        )


class CheckpointModel(Strict):
    """Where a project should stand at the end of a week."""

    week: Annotated[int, Field(ge=1)]
    text: Line


class ProjectModel(Strict):
    """A project; one that grows over weeks has a checkpoint for each stretch of it."""

    id: ID
    title: Line
    number: int | None = None
    weeks: Annotated[str, StringConstraints(pattern=r"^\d{1,3}(?:-\d{1,3})?$")]
    summary: Line
    checkpoints: Annotated[list[CheckpointModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _checkpoints_inside(self) -> Self:
        first, last = _span(self.weeks)
        numbers = [c.week for c in self.checkpoints]
        if numbers != sorted(numbers) or not all(first <= n <= last for n in numbers):
            raise ValueError(f"checkpoints must be in order and lie in weeks {self.weeks}")
        return self

    def to_domain(self) -> domain.Project:
        """The domain's value for it."""
        first, last = _span(self.weeks)
        points = tuple(domain.Checkpoint(c.week, c.text) for c in self.checkpoints)
        return domain.Project(self.id, self.title, self.summary, first, last, points, self.number)


class StackRowModel(Strict):
    """One row of the tech-stack table."""

    category: Line
    tools: list[Line]


class HoursModel(Strict):
    """Hours a week the plan asks for, from `low` to `high`, and the share of it spent learning."""

    low: Hours
    high: Hours
    learn_percent: Annotated[int, Field(ge=0, le=100)] | None = None


class RoadmapModel(Strict):
    """`roadmap.yaml`: what a roadmap says once."""

    id: RoadmapID
    title: Line
    name: Annotated[str, StringConstraints(min_length=1, max_length=32), AfterValidator(Prose)] | None = None
    summary: Line
    hours_per_week: HoursModel
    phases: Annotated[list[ID], Field(min_length=1)]
    projects: list[ProjectModel] = []
    principles: list[Text] = []
    prerequisites: list[Text] = []
    stack: list[StackRowModel] = []
    closing: Text = Prose("")
    renamed: dict[ID, ID] = {}

    def to_domain(self, phases: list[PhaseModel]) -> domain.Roadmap:
        """The domain's value for it, with its phases already read."""
        hours = self.hours_per_week
        return domain.Roadmap(
            id=self.id,
            title=self.title,
            name=self.name or self.title,
            summary=self.summary,
            hours_low=hours.low,
            hours_high=hours.high,
            phases=tuple(p.to_domain() for p in phases),
            projects=tuple(p.to_domain() for p in self.projects),
            principles=tuple(self.principles),
            prerequisites=tuple(self.prerequisites),
            stack=tuple(domain.StackRow(r.category, tuple(r.tools)) for r in self.stack),
            learn_percent=hours.learn_percent,
            closing=self.closing,
            renamed=self.renamed,
        )


def _span(weeks: str) -> tuple[int, int]:
    numbers = [int(n) for n in re.findall(r"\d+", weeks)]
    return numbers[0], numbers[-1]
