"""What organisers see of questions: what was not answered, what was not liked, and what the model cost. No names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select

from bot.domain.answer import Outcome
from bot.domain.feedback import Verdict
from bot.storage.answer_tables import answer_feedback
from bot.storage.connection import Database
from bot.storage.tables import budgets

ANSWERED = Outcome.ANSWERED.value
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions of one week that were not answered, or answered and not liked, with how often each was asked.

    `words` are those that a learner let us keep, most often none. Week 0 is for somebody without a roadmap.
    """

    roadmap: str
    week: int
    note: str
    section: str
    outcome: str
    question: str
    times: int
    disliked: int
    words: str


@dataclass(frozen=True, slots=True)
class Total:
    """How the answers of a roadmap were liked."""

    roadmap: str
    asked: int
    unanswered: int
    liked: int
    disliked: int


@dataclass(frozen=True, slots=True)
class DaySpent:
    """Tokens of a UTC day: settled, and set aside for calls that run (or were lost with their process)."""

    day: date
    spent: int
    reserved: int
    learners: int


class AnswerReport:
    """Reads questions and budgets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def gaps(self, since: datetime) -> Sequence[Gap]:
        """What organisers may mend, by roadmap and week, the most frequent first."""
        table = answer_feedback.c
        key = (table.roadmap, table.week, table.note, table.section, table.outcome, table.question_hash)
        disliked = func.sum(_one_if(table.verdict == Verdict.DOWN.value))
        open_ = (table.outcome != ANSWERED) | (table.verdict == Verdict.DOWN.value)
        wanted = (
            select(*key, func.count().label("times"), disliked.label("disliked"), func.max(table.words).label("words"))
            .where(table.at >= since, open_)
            .group_by(*key)
            .order_by(table.roadmap, table.week, func.count().desc(), table.question_hash)
        )
        async with self._database.connect() as connection:
            return [Gap(*tuple(row)) for row in await connection.execute(wanted)]

    async def totals(self, since: datetime) -> Sequence[Total]:
        """How many were asked, answered and liked, by roadmap."""
        table = answer_feedback.c
        wanted = (
            select(
                table.roadmap, func.count(), func.sum(_one_if(table.outcome != ANSWERED)),
                func.sum(_one_if(table.verdict == Verdict.UP.value)),
                func.sum(_one_if(table.verdict == Verdict.DOWN.value)),
            ).where(table.at >= since).group_by(table.roadmap).order_by(table.roadmap)
        )  # fmt: skip
        async with self._database.connect() as connection:
            return [Total(*tuple(row)) for row in await connection.execute(wanted)]

    async def spent(self, since: date) -> Sequence[DaySpent]:
        """Tokens by day, oldest first."""
        mine = budgets.c.account == EVERYBODY
        learners = _one_if(budgets.c.account.like("learner:%") & (budgets.c.spent > 0))
        wanted = (
            select(
                budgets.c.day, func.sum(case((mine, budgets.c.spent), else_=0)),
                func.sum(case((mine, budgets.c.reserved), else_=0)), func.sum(learners),
            ).where(budgets.c.day >= since).group_by(budgets.c.day).order_by(budgets.c.day)
        )  # fmt: skip
        async with self._database.connect() as connection:
            return [DaySpent(*tuple(row)) for row in await connection.execute(wanted)]


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 for each row that fulfils it, to be summed."""
    return case((condition, 1), else_=0)
