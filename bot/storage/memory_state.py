"""What the store in plain dictionaries holds."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.delivery import Delivery
from bot.domain.enrollment import Enrollment
from bot.domain.evidence import Evidence
from bot.domain.feedback import Asked, Exchange
from bot.domain.learner import Identity, Learner
from bot.domain.linking import LinkCode
from bot.domain.quiz import QuizRun
from bot.engine.storing import Received
from bot.storage.memory_group_state import GroupState


@dataclass
class State:
    """All there is. Every value in it is frozen, so a shallow copy of each collection is a whole snapshot."""

    learners: dict[int, Learner] = field(default_factory=dict)
    identities: dict[tuple[str, str], tuple[int, Identity]] = field(default_factory=dict)
    enrollments: dict[int, Enrollment] = field(default_factory=dict)
    journal: dict[int, tuple[int, str, dict[str, Any], datetime]] = field(default_factory=dict)
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    leases: dict[int, datetime] = field(default_factory=dict)
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    inbox: dict[tuple[str, str], Received] = field(default_factory=dict)
    quiz_runs: dict[int, QuizRun] = field(default_factory=dict)
    quiz_answers: dict[tuple[int, str], tuple[bool, datetime]] = field(default_factory=dict)
    budgets: dict[tuple[str, date], tuple[int, int]] = field(default_factory=dict)
    budget_told: set[tuple[str, date]] = field(default_factory=set)
    asked: dict[int, Asked] = field(default_factory=dict)
    threads: dict[int, tuple[Exchange, ...]] = field(default_factory=dict)
    models: dict[int, bool] = field(default_factory=dict)
    link_codes: dict[str, LinkCode] = field(default_factory=dict)
    tally: list[tuple[str, datetime]] = field(default_factory=list)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    groups: GroupState = field(default_factory=GroupState)
    last_id: int = 0

    def snapshot(self) -> State:
        """A copy to return to when a transaction fails."""
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})

    def number(self) -> int:
        """A fresh id."""
        self.last_id += 1
        return self.last_id
