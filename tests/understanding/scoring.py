"""Judges what the reader made of an evaluation line, as the samples' notes say it is counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.intent import Intent, Understood

_NAMES = {"show_week": "week", "leave_group": "group_leave"}
_KEYS = {"tz": "timezone", "task_words": "words"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ROADMAPS = {"a": "ml-engineer-40", "b": "full-stack-ml-36"}
_ASIDE = frozenset(("smalltalk", "unknown"))
_LOOSE = frozenset(("words", "topic", "name"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an evaluation set."""

    text: str
    expect: tuple[str, ...]
    slots: Mapping[str, Any]
    multi: tuple[str, ...]
    must_not: tuple[str, ...]
    lang: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a line. `slots_right` is None where the line names no slots."""

    line: Line
    understood: Understood
    right: bool
    harmful: bool
    slots_right: bool | None


def read_lines(path: Path) -> list[Line]:
    """The lines of a JSONL file, in the names of the design."""
    return [_line(json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def judge(line: Line, understood: Understood) -> Verdict:
    """Whether the answer to a line is right, and whether it would do harm."""
    harmful = any(
        intent.name in line.must_not and not intent.slots.get("negated") for intent in understood.sure
    ) or _marks_others(line, understood)
    right = _in_order(line.multi, understood.intents) if line.multi else _first_is_right(line.expect, understood)
    return Verdict(line, understood, right and not harmful, harmful, _slots_right(line.slots, understood.intents))


def share(values: Iterable[bool]) -> float:
    """The part of some values that is true; 1 when there are none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0


def _line(row: Mapping[str, Any]) -> Line:
    return Line(row["text"], _names(row["expect"]), _slots(row.get("slots", {})), _names(row.get("multi", ())),
                _names(row.get("must_not", ())), row.get("lang", "en"), row.get("hard", False))  # fmt: skip


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_NAMES.get(name, name) for name in names)


def _slots(slots: Mapping[str, Any]) -> dict[str, Any]:
    found = {_KEYS.get(key, key): value for key, value in slots.items() if key not in ("hour", "minute")}
    if "hour" in slots:
        found["time"] = f"{slots['hour']:02d}:{slots.get('minute', 0):02d}"
    if isinstance(found.get("weekday"), int):
        found["weekday"] = _DAYS[found["weekday"]]
    if found.get("roadmap") in _ROADMAPS:
        found["roadmap"] = _ROADMAPS[found["roadmap"]]
    return found


def _marks_others(line: Line, understood: Understood) -> bool:
    """Whether other tasks are marked without asking than those that a line names."""
    wanted = line.slots.get("tasks")
    acted = (intent.slots.get("tasks") for intent in understood.sure if intent.name == "done")
    return "done" in line.expect + line.multi and isinstance(wanted, list) and any(
        isinstance(tasks, list) and not set(tasks) <= set(wanted) for tasks in acted
    )  # fmt: skip


def _first_is_right(expect: Sequence[str], understood: Understood) -> bool:
    first = understood.intents[0].name
    aside = "out_of_scope" in expect and (first in _ASIDE or understood.asks_first)
    return first in expect or aside


def _in_order(wanted: Sequence[str], intents: Sequence[Intent]) -> bool:
    names = iter(intent.name for intent in intents)
    return all(name in names for name in wanted)


def _slots_right(expected: Mapping[str, Any], intents: Sequence[Intent]) -> bool | None:
    if not expected:
        return None
    return any(all(_same(key, value, intent.slots.get(key)) for key, value in expected.items()) for intent in intents)


def _same(key: str, expected: Any, found: Any) -> bool:
    if key in _LOOSE and isinstance(found, str) and found:
        return str(expected).casefold() in found.casefold() or found.casefold() in str(expected).casefold()
    return bool(expected == found)
