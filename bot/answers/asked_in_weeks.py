"""What learners type in the weeks of a roadmap, from `content/answers/asks/<roadmap>.yaml` and `<roadmap>.*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class AskedInWeek:
    """A line that is typed in a week of a roadmap, and the note that answers it there."""

    roadmap: str
    week: int
    note: str
    text: str


def load_asked(folder: Path) -> Iterator[AskedInWeek]:
    """The lines of a content folder's `answers/asks/`; a roadmap without a file has none."""
    for file in sorted((folder / "asks").glob("*.yaml")):
        roadmap = file.name.partition(".")[0]
        for label, notes in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader).items():
            week = int(str(label).partition("-")[0])
            for note, lines in notes.items():
                yield from (AskedInWeek(roadmap, week, note, line.strip()) for line in lines.splitlines())
