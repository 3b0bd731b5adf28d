"""What somebody meant by a line of text: intents with slots, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

INTENTS: tuple[str, ...] = (
    "start", "enroll", "next", "week", "plan", "done", "undo", "progress", "pause", "resume", "snooze", "set_time",
    "set_timezone", "settings", "quiz", "review", "ask", "stuck", "resources", "submit_project", "portfolio",
    "switch_roadmap", "catch_up", "lighter_week", "group_create", "group_join", "group_board", "group_leave", "group",
    "help", "greet", "thanks", "smalltalk", "stop", "export_data", "delete_data", "unknown",
)  # fmt: skip

Slot = str | int | bool | list[int]


@dataclass(frozen=True, slots=True)
class Intent:
    """One wish. `slots` holds only what was said.

    Keys: `tasks` (numbers), `all` (every task of the week), `except` (numbers left out of `all`), `words` (what the
    task was called), `topic`, `week` (a number, or "+1" / "-1" for next / last), `roadmap` (an id), `weekday`
    ("mon".."sun"), `time` ("HH:MM", 24 h), `timezone` (IANA), `days`, `hours`, `minutes` (numbers), `until` (ISO
    date), `url`, `code`, `name`, `negated` (True when the learner says NOT to).
    """

    name: str
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task the learner could mean: its number in the week, its id and title, and its topics' names."""

    number: int
    id: str
    title: str
    topics: tuple[str, ...] = ()
    week: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What the moment tells about a line of text. All of it is optional; `now` is local and aware. In a `quiz` a bare
    number may be an answer."""

    now: datetime | None = None
    locale: str = "en"
    week: int | None = None
    tasks: tuple[OpenTask, ...] = ()
    roadmaps: Mapping[str, str] = field(default_factory=dict)
    in_group: bool = False
    quiz: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line of text means, in order of what was said.

    `confidence` is calibrated: of all answers given at 0.8, four in five are right. When `asks_first` is
    set, none of the wishes in `asked` (by place; all where none is named) may be done before the learner picks one of
    `choices`; the others are as plain as if they had been said alone.
    """

    intents: tuple[Intent, ...]
    confidence: float
    asks_first: bool = False
    choices: tuple[Intent, ...] = ()
    asked: tuple[int, ...] = ()

    @property
    def sure(self) -> tuple[Intent, ...]:
        """The wishes that may be done without asking."""
        if not self.asks_first:
            return self.intents
        return tuple(intent for at, intent in enumerate(self.intents) if self.asked and at not in self.asked)
