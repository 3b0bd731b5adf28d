"""Runs the sql blocks of a note in order, in one SQLite database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from tests.content.examples.example import Example, Verdict
from tests.content.examples.python_blocks import tidy

Table = tuple[list[str], list[str]]


def check_sql(examples: Sequence[Example]) -> Iterator[Verdict]:
    """Verdicts for the sql blocks of one note."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for example in examples:
            yield example.verdict(_problem(database, example))


def run_sql(code: str) -> Table:
    """Heads and rows of what a script selects in a new database."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        return _execute(database, code)


def _problem(database: sqlite3.Connection, example: Example) -> str:
    try:
        heads, rows = _execute(database, example.code)
    except sqlite3.Error as error:
        return _error_problem(example, str(error))
    if "raises" in example.flags:
        return "marked `raises`, but nothing was raised"
    return _output_problem(example, heads, rows)


def _error_problem(example: Example, error: str) -> str:
    if "raises" not in example.flags:
        return f"SQLite says `{error}`; if this is another database's SQL, mark it `text`"
    expected = tidy(example.output or "").rpartition("\n")[2]
    return "" if expected.endswith(error) else f"expected the error {expected!r}, got {error!r}"


def _output_problem(example: Example, heads: list[str], rows: list[str]) -> str:
    if example.output is None:
        return ""
    expected = tidy(example.output)
    if expected in (tidy("\n".join(rows)), tidy("\n".join(heads + rows))):
        return ""
    return f"expected {expected!r}, got {tidy(chr(10).join(heads + rows))!r} (the head line may be left out)"


def _execute(database: sqlite3.Connection, code: str) -> Table:
    heads: list[str] = []
    rows: list[str] = []
    for statement in _statements(code):
        cursor = database.execute(statement)
        if cursor.description:
            heads = heads or [" | ".join(column[0] for column in cursor.description)]
            rows += [" | ".join(_cell(value) for value in row) for row in cursor]
    return heads, rows


def _cell(value: object) -> str:
    return "NULL" if value is None else str(value)


def _statements(code: str) -> Iterator[str]:
    """Pieces that end where SQLite sees a statement complete: a `;` inside a string or a trigger does not count."""
    rest = ""
    for piece in re.split("(?<=;)", code):
        rest += piece
        if sqlite3.complete_statement(rest):
            yield rest
            rest = ""
    if re.sub(r"--.*|\s", "", rest):
        yield rest
