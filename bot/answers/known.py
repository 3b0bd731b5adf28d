"""Lines that learners paste word for word, an error above all, with their answers: `content/answers/known/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers.disguise import plain
from bot.answers.pasted import without_frames


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that is known beforehand: what it says, and the notes that teach it, the best first."""

    says: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """How a line looks that has a known answer. `lines` are typed so, and `raises` is code that fails so."""

    name: str
    looks: re.Pattern[str]
    known: Known
    lines: tuple[str, ...] = ()
    raises: str = ""


@dataclass(frozen=True)
class KnownLines:
    """Every line whose answer is known."""

    entries: Sequence[Entry]

    def entry(self, text: str) -> Entry | None:
        """The first entry that a text looks like. A pasted traceback is read by its lines."""
        read = plain(without_frames(text))
        return next((entry for entry in self.entries if entry.looks.search(read)), None)


def patterns(lines: str) -> re.Pattern[str]:
    """One pattern of several, one a line."""
    return re.compile("|".join(f"(?:{line})" for line in lines.splitlines() if line))


def load_known(folder: Path) -> KnownLines:
    """The known lines of a content folder's `answers/known/`."""
    return KnownLines([entry for file in sorted((folder / "known").glob("*.yaml")) for entry in _entries(file)])


def _entries(file: Path) -> Iterable[Entry]:
    read = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for name, held in read.items():
        known = Known(held["says"].strip(), tuple(held["notes"]))
        yield Entry(name, patterns(held["looks"]), known, tuple(held["lines"].splitlines()), held.get("raises", ""))
