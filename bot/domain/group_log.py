"""What is written down about a group for its members to read, and what a member may say about another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """Something an organiser did, or the mentor did for want of one."""

    CREATED = "created"
    RENAMED = "renamed"
    PROMOTED = "promoted"
    DEMOTED = "demoted"
    HANDED_OVER = "handed_over"
    SUCCEEDED = "succeeded"
    REMOVED = "removed"
    BARRED = "barred"
    LET_BACK = "let_back"
    BOUND = "bound"
    UNBOUND = "unbound"
    LOST = "lost"
    KEPT_OUT = "kept_out"
    SETTLED = "settled"
    NEW_CODE = "new_code"
    DIGEST = "digest"
    COHORT = "cohort"
    ANNOUNCED = "announced"
    EXPORTED = "exported"
    MODEL_ON = "model_on"
    MODEL_OFF = "model_off"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a group's log. `actor_id` is None for the mentor and for people who are gone; `target_id` is whom it
    was done to, `about` what else there is to say."""

    group_id: int
    at: datetime
    deed: Deed
    actor_id: int | None = None
    target_id: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a member told the organisers about another."""

    group_id: int
    learner_id: int
    target_id: int
    text: str
    at: datetime
    id: int = field(default=0, compare=False)
