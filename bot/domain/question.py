"""A question a learner takes to their group, and a hand held out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """Something a member asked the group. `task_id` is what they were at, "" when it is not about a task."""

    id: int
    group_id: int
    learner_id: int
    text: str
    at: datetime
    task_id: str = ""
    closed: bool = False
