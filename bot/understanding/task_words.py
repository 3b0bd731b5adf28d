"""Finds the task that words such as `the pandas bit` mean, among the tasks a learner has open."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.domain.intent import Intent, OpenTask
from bot.understanding.tokens import words_of

_ENOUGH = 74.0
_MARGIN = 12.0
_IN_TOPIC = 0.96
_ABOUT_TASKS = ("done", "undo")


def tasks_called(words: str, tasks: Sequence[OpenTask]) -> list[OpenTask]:
    """The tasks that the words fit best: one when it is clear, several when they fit about as well, or none."""
    spoken = " ".join(words_of(words))
    scored = sorted(((_likeness(spoken, task), task) for task in tasks), key=lambda pair: (-pair[0], pair[1].number))
    if not spoken or not scored or scored[0][0] < _ENOUGH:
        return []
    return [task for likeness, task in scored if likeness >= max(_ENOUGH, scored[0][0] - _MARGIN)]


def _likeness(spoken: str, task: OpenTask) -> float:
    title = fuzz.token_set_ratio(spoken, " ".join(words_of(task.title)))
    covered = _covered(spoken, " ".join(words_of(task.title)))
    topics = max((fuzz.token_set_ratio(spoken, " ".join(words_of(topic))) for topic in task.topics), default=0.0)
    return max(title if covered else title * 0.7, topics * _IN_TOPIC)


def _covered(spoken: str, title: str) -> bool:
    """Whether every word said stands in the title, a slip of the finger allowed."""
    return all(any(fuzz.ratio(word, known) >= 80 or (len(word) > 3 and known.startswith(word[:5]))
                   for known in title.split()) for word in spoken.split())  # fmt: skip


def with_tasks(intent: Intent, tasks: Sequence[OpenTask]) -> tuple[Intent, ...]:
    """The intent with the numbers that its words mean: one answer when it is clear, several to choose from, or none.

    Words that fit no open task are no reason to offer one: then the week is shown, or what is next.
    """
    words = intent.slots.get("words")
    spared = intent.slots.get("all") and intent.slots.get("except")
    if intent.name == "done" and spared and tasks and "week" not in intent.slots:  # of a named week these are no tasks
        return (_all_but(intent, tasks),)
    if intent.name not in _ABOUT_TASKS or not tasks or not isinstance(words, str) or intent.slots.get("negated"):
        return ()
    fitting = tasks_called(words, tasks)
    named = tuple(Intent(intent.name, {**intent.slots, "tasks": [task.number]}) for task in fitting)
    return named or (Intent("week"), Intent("next"))


def _all_but(intent: Intent, tasks: Sequence[OpenTask]) -> Intent:
    left_out = intent.slots["except"]
    numbers = [task.number for task in tasks if isinstance(left_out, list) and task.number not in left_out]
    return Intent(intent.name, {"tasks": numbers})
