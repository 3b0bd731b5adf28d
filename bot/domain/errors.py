"""What the model refuses. Each is told to the learner by the template that bears its name.

MilepostError
└── Refusal                 the learner asked for something that cannot be; nothing was changed
    ├── UnknownZone         no such time zone
    ├── UnknownWeek         the roadmap has no such week
    ├── UnknownTask         the week has no such task
    ├── UnknownRoadmap      the catalog has no such roadmap
    ├── BadDate             a date too far in the past or the future
    ├── BadHours            hours a week outside 1 to 80
    ├── NotUnderstoodTime   a time of day or weekday that cannot be read
    └── BadGroupName        a group's name of nothing to see, or too long
"""

from __future__ import annotations

from typing import ClassVar


class MilepostError(Exception):
    """The root of every error Milepost raises on purpose."""


class Refusal(MilepostError):
    """A wish that cannot be granted. `template` names the words for it, `data` fills them."""

    template: ClassVar[str]

    def __init__(self, said: object = "", **data: object) -> None:
        super().__init__(f"{type(self).__name__}: {said}")
        self.data: dict[str, object] = {"said": said, **data}


class UnknownZone(Refusal):
    """No such time zone."""

    template = "refused_zone"


class UnknownWeek(Refusal):
    """The roadmap has no such week. Data: `length`."""

    template = "refused_week"


class UnknownTask(Refusal):
    """The week has no such task. Data: `week`, `count`."""

    template = "refused_task"


class UnknownRoadmap(Refusal):
    """The catalog has no such roadmap."""

    template = "refused_roadmap"


class BadDate(Refusal):
    """A date too far in the past or the future."""

    template = "refused_date"


class BadHours(Refusal):
    """Hours a week outside 1 to 80."""

    template = "refused_hours"


class NotUnderstoodTime(Refusal):
    """A time of day or weekday that cannot be read."""

    template = "refused_time"


class BadGroupName(Refusal):
    """A group's name of nothing to see, or too long. Data: `length`, `longest`."""

    template = "refused_group_name"
