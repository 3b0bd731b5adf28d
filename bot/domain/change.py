"""A change to a learner's state as a value: what it was, what it becomes, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.enrollment import Enrollment
from bot.domain.evidence import Evidence
from bot.domain.learner import Learner


@dataclass(frozen=True, slots=True)
class LearnerChange:
    """A learner's record before and after."""

    before: Learner
    after: Learner


@dataclass(frozen=True, slots=True)
class EnrollmentChange:
    """An enrollment before and after; `before` is None when it is new."""

    before: Enrollment | None
    after: Enrollment


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """A link handed in for a project before and after: without `before` it is new, without `after` it goes."""

    before: Evidence | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class Change:
    """All that one action does, applied and undone as a whole. `verb` is the command that did it."""

    verb: str
    learner: LearnerChange | None = None
    enrollments: tuple[EnrollmentChange, ...] = ()
    evidence: tuple[EvidenceChange, ...] = ()

    @property
    def owner(self) -> int | None:
        """Whose change it is; None for one that changes nothing."""
        if self.learner:
            return self.learner.after.id
        if self.enrollments:
            return self.enrollments[0].after.learner_id
        pieces = (piece.after or piece.before for piece in self.evidence)
        return next((piece.learner_id for piece in pieces if piece), None)
