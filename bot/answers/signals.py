"""Signs of a refusal as combinations of classes of words: what is wanted, of whom, and what it would excuse.

The classes and the rows are data in `content/answers/signals.yaml`; nothing here knows a word of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

import yaml

from bot.answers.disguise import plain
from bot.domain.answer import Outcome

Span = tuple[int, int]
_ENDINGS = r"(?:s|es|d|ed|ing)?"
_BOUNDED = re.compile(r"[a-z0-9\u0400-\u04ff]")
"""Scripts that put spaces between words; in others a word is found wherever it stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """Classes that refuse together, unless one of `unless` is there too."""

    outcome: Outcome
    classes: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True)
class Signals:
    """All rows, in the order in which they are tried, and what each class looks like."""

    rows: tuple[Row, ...]
    classes: Mapping[str, re.Pattern[str]]
    span: int

    def refusal(self, text: str, among: Container[Outcome] = frozenset(Outcome)) -> Outcome | None:
        """The outcome of the first row of these outcomes that fits a plain text, or None."""
        found: dict[str, list[Span]] = {}

        def spans(name: str) -> list[Span]:
            if name not in found:
                found[name] = [match.span() for match in self.classes[name].finditer(text)]
            return found[name]

        def present(row: Row) -> bool:  # most classes are not there: the first that is missing ends the search
            return row.outcome in among and all(spans(name) for name in row.classes)

        fitting = (row for row in self.rows if present(row) and self._fits([spans(n) for n in row.classes]))
        return next((row.outcome for row in fitting if not any(spans(name) for name in row.unless)), None)

    def _fits(self, spans: Sequence[list[Span]]) -> bool:
        """Whether there is one of each, none over another, near each other."""
        return any(self._joined(spans[1:], (first,)) for first in spans[0])

    def _joined(self, spans: Sequence[list[Span]], taken: tuple[Span, ...]) -> bool:
        """Whether one of each can join those taken. Looks only at what is near: trying all with all takes seconds."""
        if not spans:
            return True
        least = max(end for _, end in taken) - self.span
        most = min(start for start, _ in taken) + self.span
        near = takewhile(lambda span: span[1] <= most, islice(spans[0], bisect_left(spans[0], (least, 0)), None))
        free = (span for span in near if all(span[1] <= start or end <= span[0] for start, end in taken))
        return any(self._joined(spans[1:], (*taken, span)) for span in free)


def load_signals(folder: Path) -> Signals:
    """The signals of a content folder's `answers/`."""
    read = yaml.load((folder / "signals.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    classes = {name: _pattern(listed) for name, listed in read["classes"].items()}
    rows = [_row(Outcome(kind), line) for kind, block in read["refused"].items() for line in block.splitlines()]
    return Signals(tuple(rows), classes, read["span"])


def _row(outcome: Outcome, line: str) -> Row:
    wanted, *excused = (part.strip() for part in line.split(" - "))
    return Row(outcome, tuple(name.strip() for name in wanted.split(" + ")), tuple(excused))


def _pattern(listed: str) -> re.Pattern[str]:
    entries = {plain(entry) for entry in listed.replace("\n", ",").split(",")} - {""}
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    bounded = "|".join(_expression(entry) for entry in ordered if _BOUNDED.match(entry))
    others = [_expression(entry) for entry in ordered if not _BOUNDED.match(entry)]
    # One boundary before all words: each branch begins with a letter then, by which nearly all are passed over at once.
    return re.compile("|".join([rf"\b(?:{bounded})", *others] if bounded else others))


def _expression(entry: str) -> str:
    words = re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", " ")
    ends_a_word = _BOUNDED.match(entry) and entry.isascii() and entry[-1].isalpha()
    return rf"{words}{_ENDINGS}(?!\w)" if ends_a_word else words
