"""The study notes, read from disk when the first of them is wanted, and looked at again while the mentor runs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.domain.topic import QuizItem, Topic

if TYPE_CHECKING:
    from bot.catalog.problems import Problem
    from bot.catalog.topics import Topics

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds for which the notes on disk are taken to be as they were."""
Stamp = tuple[int, int]


class NoteLibrary:
    """See `bot.engine.ports.Library`. Costs nothing until it is used.

    A note or quiz that cannot be read any more stays as it was last, here or in the parsed cache; one that never could
    is left out. Either way the log says so once, with file and line, and the others are not touched.
    """

    def __init__(
        self, folder: Path, cache: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:  # fmt: skip
        self._folder, self._cache, self._clock = folder, cache, clock
        self._lock = Lock()
        self._topics: Topics | None = None
        self._good: dict[str, Topic] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._quizzes: dict[Path, tuple[Stamp, Sequence[QuizItem]]] = {}
        self._told: set[Problem] = set()
        self._looked = 0.0

    @property
    def topics(self) -> Topics:
        """All notes."""
        with self._lock:
            now = self._clock()
            if self._topics is None or now - self._looked >= LOOK_EVERY:
                self._looked = now
                self._topics = self._look(self._topics)
            return self._topics

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def find(self, name: str) -> Topic | None:
        """See `Library.find`."""
        return self.topics.find(name)

    def quiz(self, topic_id: str) -> Sequence[QuizItem]:
        """See `Library.quiz`."""
        from bot.catalog.note_file import quiz_path, read_quiz  # noqa: PLC0415 - its schemas are built on import

        topic = self.topics.by_id.get(topic_id)
        path = quiz_path(self._folder / topic.area / f"{topic.id}.md") if topic else None
        stamp = _stamp(path) if path else None
        if path is None or stamp is None:
            return ()
        held, items = self._quizzes.get(path, (None, ()))
        if held != stamp:
            quiz = read_quiz(path)
            self._tell(path, quiz.problems, kept=bool(items))
            items = items if quiz.problems else quiz.items
            self._quizzes[path] = (stamp, items)
        return items

    def _look(self, before: Topics | None) -> Topics:
        """The library as it is now; the one before when nothing on disk has changed."""
        from bot.catalog.note_file import note_paths  # noqa: PLC0415 - its schemas are built on import
        from bot.catalog.topic_loader import load_readable  # noqa: PLC0415
        from bot.catalog.topics import Topics  # noqa: PLC0415

        stamps = {path: stamp for path in note_paths(self._folder) if (stamp := _stamp(path))}
        if before is None:
            found, problems = load_readable(self._folder, self._cache)
            self._good = {topic.id: topic for topic in found}
            for path in stamps:
                self._tell(path, [p for p in problems if p.file == str(path)], kept=path.stem in self._good)
        elif stamps == self._stamps:
            return before
        else:
            self._read_again([path for path, stamp in stamps.items() if self._stamps.get(path) != stamp], stamps)
        self._stamps = stamps
        names = dict.fromkeys(path.stem for path in stamps)
        return Topics.of(self._folder, [self._good[name] for name in names if name in self._good])

    def _read_again(self, changed: Iterable[Path], stamps: Iterable[Path]) -> None:
        from bot.catalog.note_file import read_note  # noqa: PLC0415 - its schemas are built on import
        from bot.catalog.topic_loader import note_problems, same_names  # noqa: PLC0415

        double = same_names(list(stamps))
        for path in changed:
            note = read_note(path)
            problems = [*note_problems(note), *(p for p in double if p.file == str(path))]
            self._tell(path, problems, kept=path.stem in self._good)
            if not problems:
                self._good[path.stem] = note.topic()

    def _tell(self, path: Path, problems: Sequence[Problem], *, kept: bool) -> None:
        """Log what is wrong with a file, each thing once until the file is mended."""
        for problem in sorted(set(problems) - self._told):
            log.error("%s: %s", "its last good version stays in use" if kept else "it is left out", problem)
        self._told = {told for told in self._told if told.file != str(path)} | set(problems)


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
