"""A group's board: each member against their own roadmap, never against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.group import Membership, Sharing

SCREEN = 12
"""Lines on one screen."""
CROWD = 3
"""So many who do not show their tasks are needed for a sum to tell nothing of any of them."""


def tasks_together(moved: Sequence[Membership], done: Mapping[int, int]) -> int:
    """How many tasks those who moved did together; 0 where the sum would tell how many one did who does not show it."""
    closed = sum(member.sharing is not Sharing.FULL for member in moved)
    return sum(done[member.learner_id] for member in moved) if not 0 < closed < CROWD else 0


class WeekState(StrEnum):
    """How somebody's week stands. Of those who were away nothing is said."""

    DONE = "done"
    MOVING = "moving"
    BREAK = "break"
    FINISHED = "finished"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The latest project somebody handed in."""

    title: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One member on the board. `percent` of `weeks` is None for somebody who has no roadmap yet; `done` of `total`
    tasks of this week is None where it is not shared."""

    member_id: int
    name: str
    percent: int | None
    weeks: int
    state: WeekState
    streak: int
    done: int | None = None
    total: int | None = None
    shipped: Shipped | None = None
    is_me: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """One screen of a board, by name. `recent` is how many tasks its reader did in each of the last four weeks, oldest
    first; empty where others read along. `hidden` members are counted and not named; `active` and `tasks` are this
    week's, of all who show themselves; `tasks` is 0 where it would tell of one of them."""

    group_id: int
    name: str
    lines: tuple[Line, ...]
    page: int
    pages: int
    members: int
    hidden: int
    active: int
    tasks: int
    recent: tuple[int, ...] = ()
