"""Runs the code of quiz items: an `output` item must print exactly its right option, a `bug` item must parse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.content.examples.example import Example, Verdict
from tests.content.examples.node import run_javascript
from tests.content.examples.python_blocks import Job, Outcome, run_jobs, tidy
from tests.content.examples.sql_blocks import run_sql


def check_quiz(path: Path) -> Iterator[Example | Verdict]:
    """Verdicts for the code of a quiz; code that is only to be parsed comes back as an example."""
    try:
        items = list(_items_with_code(path))
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, TypeError) as error:
        yield Verdict(path, 1, f"not a quiz: {' '.join(str(error).split())}")
        return
    printing = [item for item in items if item["kind"] == "output"]
    yield from _python_verdicts(path, [i for i in printing if i.get("language", "python") == "python"])
    for item in printing:
        if item.get("language") in ("javascript", "sql"):
            yield _verdict(path, item, _other_outcome(item))
    for item in items:
        if item not in printing:
            flags = frozenset(("no-run",) if item.get("language", "python") == "python" else ())
            yield Example(path, item["line"], item.get("language", "python"), item["code"], flags)


def _python_verdicts(path: Path, items: list[dict[str, Any]]) -> Iterator[Verdict]:
    if not items:
        return
    outcomes, end = run_jobs([Job(item["code"], fresh=True, stop=False) for item in items])
    for item, outcome in zip(items, outcomes, strict=False):
        yield _verdict(path, item, outcome)
    yield from (Verdict(path, item["line"], end) for item in items[len(outcomes) :])


def _other_outcome(item: dict[str, Any]) -> Outcome:
    if item["language"] == "javascript":
        return Outcome(*run_javascript(item["code"]))
    try:
        return Outcome("\n".join(run_sql(item["code"])[1]))
    except sqlite3.Error as error:
        return Outcome("", str(error))


def _verdict(path: Path, item: dict[str, Any], outcome: Outcome) -> Verdict:
    right = [str(o.get("text")) for o in item.get("options", []) if str(o.get("right", "")).lower() == "true"]
    if len(right) != 1:
        return Verdict(path, item["line"], f"{len(right)} options are marked right; mark one")
    got = tidy(outcome.printed) if not outcome.error else outcome.last_line
    kind = outcome.last_line.partition(":")[0] if outcome.error else got
    if tidy(right[0]) in (got, kind):
        return Verdict(path, item["line"])
    return Verdict(path, item["line"], f"the right option says {right[0]!r}, the code gives {got!r}")


def _items_with_code(path: Path) -> Iterator[dict[str, Any]]:
    """Items with every scalar as it is written, and the line each starts in."""
    text = path.read_text(encoding="utf-8")
    items = yaml.load(text, Loader=yaml.BaseLoader)  # strings only
    starts = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(starts, yaml.SequenceNode):
        raise TypeError("a quiz is a list of items")
    for item, node in zip(items, starts.value, strict=True):
        if item.get("code"):
            yield {**item, "line": node.start_mark.line + 1}
