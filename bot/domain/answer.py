"""What is asked about the subject, and what is answered: words with the places they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

from bot.domain.enrollment import Enrollment
from bot.domain.feedback import Exchange
from bot.domain.roadmap import Project, Roadmap, Task, Week

LEARNER_TOKENS = 60_000
GROUP_TOKENS = 200_000
DAY_TOKENS = 2_000_000
"""Tokens a day: of one learner, one group, and all together."""


class Outcome(StrEnum):
    """How a question ended. All but `ANSWERED` are refusals, each with words of its own."""

    ANSWERED = "answered"
    UNCOVERED = "uncovered"
    OFF_TOPIC = "off_topic"
    INJECTION = "injection"
    UNSAFE = "unsafe"
    DISTRESS = "distress"

    @property
    def refused(self) -> bool:
        """Whether the question was not answered, and for a reason."""
        return self is not Outcome.ANSWERED


class Likely(Enum):
    """Whether a line that no command understood is a question about the subject. `SURELY` when the notes were written
    for it, so to say, whatever else it sounds like."""

    NO = 0
    PERHAPS = 1
    ASKED = 2
    SURELY = 3


@dataclass(frozen=True, slots=True)
class Mine:
    """The plan of the one who asks, and the day it is where they are. Read, never changed."""

    plan: Enrollment
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was put, on a roadmap, by somebody in week `week` of it (None when that is not known).

    `thread` is what was asked and answered before, oldest first: "why?" goes on with it. `mine` is there for those who
    have a plan. `whole` says that it asks for the whole solution of its task, whatever its words.
    """

    text: str
    roadmap: Roadmap
    week: int | None = None
    thread: tuple[Exchange, ...] = ()
    mine: Mine | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a question wants solved: a task of a project, or the project itself. `whole` says that more than a hint is
    asked for."""

    week: Week
    project: Project
    task: Task | None = None
    whole: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.task.title if self.task else self.project.title)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer comes from: a part of a note, or of the roadmap itself, and the week it belongs to.

    `note` is empty when the roadmap itself is quoted.
    """

    roadmap: str
    week: Week
    note: str
    topic: str
    title: str
    quote: str

    @property
    def weeks(self) -> tuple[int, ...]:
        """The numbers of the cited unit's weeks: one, or two for a range."""
        return tuple(range(self.week.first, self.week.last + 1))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `text` is CommonMark of ours; `citations` begin with the one that the text is from. `notice`
    names something to say beside it, such as that the budget is spent; `about` is the roadmap when it was asked for.
    `exercise` is what it is to help with, where that is a task of a project."""

    outcome: Outcome
    text: str = ""
    citations: tuple[Citation, ...] = ()
    kind: str = ""
    source: str = "notes"
    certainty: float = 0.0
    passages: tuple[str, ...] = field(default=())
    notice: str = ""
    about: Roadmap | None = None
    exercise: Exercise | None = None

    @property
    def hint(self) -> bool:
        """Whether it is a first step, of which the whole may be asked for."""
        return self.exercise is not None and not self.exercise.whole


@dataclass(frozen=True, slots=True)
class Spender:
    """On whose account a model is asked: a learner, and the group when it is asked in one."""

    learner_id: int
    group: str = ""

    def accounts(self) -> tuple[tuple[str, int], ...]:
        """The accounts that are charged, each with its tokens a day."""
        mine = (f"learner:{self.learner_id}", LEARNER_TOKENS)
        return (mine, *(((f"group:{self.group}", GROUP_TOKENS),) if self.group else ()), ("everybody", DAY_TOKENS))
