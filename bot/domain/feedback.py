"""What is remembered of questions: how they ended and were liked, by ids, and the last few of a talk, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from hashlib import blake2b

WORDS_KEPT = timedelta(days=30)
"""So long the words of a question or an answer are kept at the most."""
REMEMBERED = 3
QUESTION_LENGTH = 300
ANSWER_LENGTH = 500


class Verdict(IntEnum):
    """What a learner thought of an answer."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, without its words: where it was answered from, or why it was not, and what was thought of it.

    `question` is a sum of its words, so that equal ones can be counted. `words` are there only with the learner's
    leave, until `words_until`.
    """

    learner_id: int
    roadmap: str
    week: int
    note: str
    section: str
    source: str
    outcome: str
    question: str
    at: datetime
    id: int = 0
    verdict: Verdict = Verdict.NONE
    words: str = ""
    words_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as the short memory of a talk keeps them: cut, and not for long."""

    number: int
    question: str
    answer: str
    at: datetime


def exchange(number: int, question: str, answer: str, at: datetime) -> Exchange:
    """The exchange, cut to what is kept."""
    return Exchange(number, question[:QUESTION_LENGTH], answer[:ANSWER_LENGTH], at)


def fresh(thread: Sequence[Exchange], now: datetime) -> tuple[Exchange, ...]:
    """The exchanges that may still be remembered, oldest first."""
    kept = [one for one in thread if now - one.at < WORDS_KEPT]
    return tuple(sorted(kept, key=lambda one: one.number)[-REMEMBERED:])


def sum_of(question: str) -> str:
    """Stands for a question's words: the same for the same words, whatever their case and spaces."""
    return blake2b(" ".join(question.casefold().split()).strip("?!. ").encode(), digest_size=8).hexdigest()
