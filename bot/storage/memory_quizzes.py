"""Quizzes in plain dictionaries."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime

from bot.domain.quiz import QuizRun

Answers = MutableMapping[tuple[int, str], tuple[bool, datetime]]


class MemoryQuizzes:
    """See `bot.engine.storing.Quizzes`."""

    def __init__(self, runs: MutableMapping[int, QuizRun], answers: Answers) -> None:
        self._runs = runs
        self._answers = answers

    async def open(self, learner_id: int) -> QuizRun | None:
        """See `Quizzes.open`."""
        return self._runs.get(learner_id)

    async def keep(self, run: QuizRun) -> None:
        """See `Quizzes.keep`."""
        self._runs[run.learner_id] = run

    async def note(self, learner_id: int, item: str, right: bool, now: datetime) -> None:
        """See `Quizzes.note`."""
        self._answers[learner_id, item] = (right, now)

    async def known(self, learner_id: int) -> frozenset[str]:
        """See `Quizzes.known`."""
        return frozenset(item for (owner, item), (right, _) in self._answers.items() if owner == learner_id and right)
