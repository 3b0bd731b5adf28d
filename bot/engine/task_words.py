"""Finds the task a learner calls by words of their own."""

from __future__ import annotations

import re

from bot.domain.enrollment import Enrollment
from bot.domain.roadmap import Roadmap, Task, Week

_WORD = re.compile(r"[a-z0-9+#]+")
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "on",
        "in",
        "to",
        "and",
        "or",
        "with",
        "my",
        "your",
        "part",
        "bit",
        "thing",
        "one",
        "task",
        "about",
        "for",
        "week",
        "this",
        "that",
        "it",
    ]
)


def matching(said: str, roadmap: Roadmap, plan: Enrollment, week: Week) -> list[Task]:
    """Open tasks that fit the words best: those of the week at hand first, else of any week. Several when they tie."""
    words = plain_words(said)
    if not words:
        return []
    names = {topic.note: topic.name for w in roadmap.weeks for topic in w.all_topics}
    here = _best(words, list(plan.open_tasks(week)), names)
    return here or _best(words, [t for w in roadmap.weeks for t in plan.open_tasks(w)], names)


def _best(words: set[str], tasks: list[Task], names: dict[str, str]) -> list[Task]:
    scores = [(len(words & _of(task, names)) / len(words), task) for task in tasks]
    top = max((score for score, _ in scores), default=0.0)
    return [task for score, task in scores if score == top] if top >= 0.5 else []


def _of(task: Task, names: dict[str, str]) -> set[str]:
    text = " ".join([task.title, task.project, task.kind, *(f"{t} {names.get(t, '')}" for t in task.topics)])
    return plain_words(text)


def plain_words(text: str) -> set[str]:
    """Words without their plain endings, so that `arrays` finds `array`."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _EMPTY)
    return {re.sub(r"(?:ing|es|ed|s)$", "", word) if len(word) > 4 else word for word in found}
