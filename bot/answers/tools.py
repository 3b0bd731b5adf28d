"""What a model may look up while it answers: the learner's next task, a week of theirs, their progress. Reading only.

Nothing that changes anything is offered, and a name that was not offered is answered with an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.answer import Mine, Question
from bot.domain.plan import next_step, progress
from bot.domain.roadmap import Week

MOST_CALLS = 3
"""How many things may be looked up at once."""
Found = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """What a model wants to look up: the call's id, a name and arguments as it wrote them."""

    id: str
    name: str
    arguments: str


def offered(question: Question) -> list[dict[str, Any]]:
    """The functions that are offered for a question; none when nobody's plan is at hand."""
    if question.mine is None:
        return []
    return [
        _function("next", "The learner's next open task.", {}),
        _function("week", "A week of the learner's plan, the present one for null.", {"number": ["integer", "null"]}),
        _function("progress", "How far the learner is.", {}),
    ]


def _function(name: str, about: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    properties = {key: {"type": kind} for key, kind in arguments.items()}
    schema = {"type": "object", "properties": properties, "required": list(arguments), "additionalProperties": False}
    return {
        "type": "function", "function": {"name": name, "description": about, "parameters": schema, "strict": True},
    }  # fmt: skip


def results(calls: tuple[Call, ...], question: Question) -> list[dict[str, Any]]:
    """The calls and what they found, as the request's next messages."""
    made = [
        {"id": c.id, "type": "function", "function": {"name": c.name, "arguments": c.arguments}} for c in calls
    ]  # fmt: skip
    answers = [
        {"role": "tool", "tool_call_id": c.id, "content": json.dumps(found(c, question))} for c in calls
    ]  # fmt: skip
    return [{"role": "assistant", "content": "", "tool_calls": made}, *answers]


def found(call: Call, question: Question) -> Found:
    """What a call finds; what is wrong with it, when it is none that was offered."""
    try:
        arguments = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        return {"error": "the arguments are no JSON"}
    if call.name not in _READS or question.mine is None:
        return {"error": "there is no such function"}
    if not isinstance(arguments, dict) or set(arguments) - ({"number"} if call.name == "week" else set()):
        return {"error": "there are no such arguments"}
    return _READS[call.name](question, question.mine, arguments)


def _next(question: Question, mine: Mine, _: Mapping[str, object]) -> Found:
    step = next_step(mine.plan, question.roadmap, mine.today)
    if step is None:
        return {"next": None}
    task = step.task
    return {
        "week": step.week.label, "task": str(task.title), "hours": task.hours, "first_step": str(task.first_step),
        "done_when": str(task.done_when),
    }  # fmt: skip


def _week(question: Question, mine: Mine, arguments: Mapping[str, object]) -> Found:
    number = arguments.get("number")
    if number is not None and type(number) is not int:
        return {"error": "number is no whole number"}
    asked = question.roadmap.week(number) if isinstance(number, int) else _present(question)
    if asked is None:
        return {"error": f"the weeks are 1 to {question.roadmap.length}"}
    tasks = [{"task": str(task.title), "done": mine.plan.is_done(task)} for task in asked.tasks]
    return {"week": asked.label, "title": str(asked.title), "why": str(asked.why), "tasks": tasks}


def _present(question: Question) -> Week | None:
    return question.roadmap.week(question.week) if question.week else None


def _progress(question: Question, mine: Mine, _: Mapping[str, object]) -> Found:
    now = progress(mine.plan, question.roadmap, mine.today, mine.zone)
    return {"week": question.week, "weeks": question.roadmap.length, "tasks_done": now.tasks_done,
            "tasks": now.tasks_total, "percent": now.percent, "ends_on": now.ends_on.isoformat()}  # fmt: skip


_READS: Mapping[str, Callable[[Question, Mine, Mapping[str, object]], Found]] = {
    "next": _next, "week": _week, "progress": _progress,
}  # fmt: skip
