"""Checks study notes against the style page: `python -m tests.content.check_notes [PATH ...]`.

A path is a note, its quiz or a folder; without one the whole library is checked, and what notes need must
exist. Prints one line a problem and ends with 1 when there is any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.catalog.note_file import QUIZ_SUFFIX, note_paths
from bot.catalog.topic_checks import check_topics

LIBRARY = Path("content/topics")


def chosen_notes(named: Sequence[str]) -> set[Path]:
    """The notes that the named files and folders stand for."""
    return {note for name in named for note in _notes(Path(name))}


def _notes(path: Path) -> Iterator[Path]:
    library = {note.resolve(): note for note in note_paths(LIBRARY)}
    wanted = path.resolve()
    if path.name.endswith(QUIZ_SUFFIX):
        wanted = wanted.with_name(path.name.removesuffix(QUIZ_SUFFIX) + ".md")
    found = [note for real, note in library.items() if real == wanted or wanted in real.parents]
    if not found:
        raise SystemExit(f"{path}: no note is there. Name a note, its quiz or a folder below {LIBRARY}.")
    yield from found


def main(named: Sequence[str]) -> int:
    """Check, report, and say whether all is well: 0, or 1."""
    only = chosen_notes(named) if named else None
    problems = check_topics(LIBRARY, only)
    for problem in problems:
        print(problem)
    count = len(note_paths(LIBRARY)) if only is None else len(only)
    print(f"{count} notes, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
