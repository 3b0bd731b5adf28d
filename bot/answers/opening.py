"""Opens the desk: reads notes, roadmaps and words when the first question comes, and keeps the index between starts."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from bot.answers.asked_in_weeks import load_asked
from bot.answers.asking import Asking, load_asking
from bot.answers.desk import Desk
from bot.answers.embedding import Embedder, Nearness, lines_of
from bot.answers.guard import Guard, load_guard
from bot.answers.lexicon import Lexicon, load_lexicon
from bot.answers.library import Index, build_index
from bot.answers.placing import Syllabus
from bot.answers.plan_words import SOLUTION, solution
from bot.answers.ready import load_ready
from bot.answers.solving import Solving, load_solving
from bot.answers.spelling import Spelling
from bot.answers.structure import load_structure
from bot.domain.answer import Answer, Exercise, Likely, Outcome, Question
from bot.domain.brief import Brief
from bot.domain.catalog import Catalog
from bot.domain.topic import Topic
from bot.engine.ports import Library

_CODE = ("asked_in_weeks", "asks", "impacts", "lexicon", "library", "opening", "passages", "tokens")
CLEAR = 0.82
SURE = 1.8
"""The certainty from which a line that may be something else is taken for a question, and from which it is one."""


class OfflineAnswers:
    """See `bot.engine.ports.Answerer`. `cache` is a folder for the built index, or None to build it anew; `embedder`
    who knows meanings, or None to go by words alone."""

    def __init__(
        self, content: Path, catalog: Catalog, library: Library, cache: Path | None = None,
        embedder: Embedder | None = None,
    ) -> None:  # fmt: skip
        self._folder = content / "answers"
        self._catalog = catalog
        self._library = library
        self._cache = cache
        self._embedder = embedder

    def answer(self, question: Question) -> Answer:
        """See `Answerer.answer`."""
        found = self.exercise(question)
        if found is not None and found.whole and self.desk.guard.refusal(question.text) is None:
            return solution(question, found)
        answer = self.desk.answer(question)
        return replace(answer, exercise=found) if found and answer.outcome is Outcome.ANSWERED else answer

    def exercise(self, question: Question) -> Exercise | None:
        """See `Answerer.exercise`."""
        return self._solving.asked(question)

    def asks_whole(self, text: str) -> bool:
        """See `Answerer.asks_whole`."""
        return self._solving.asks_whole(text)

    def brief(self, found: Exercise, question: Question) -> Brief | None:
        """How the project of an exercise is built; None when nobody has written that."""
        return self._catalog.briefs.get((question.roadmap.id, found.project.id))

    def likely(self, question: Question) -> Likely:
        """See `Answerer.likely`."""
        if self.knows(question.text):  # `no such file or path` is no word about the plan
            answered = self.answer(question).outcome is Outcome.ANSWERED
            return Likely.SURELY if answered else Likely.NO
        if self._asking.of_plan(question.text):
            return Likely.NO
        answer = self.answer(question)
        if answer.outcome is not Outcome.ANSWERED or answer.certainty < CLEAR:
            return Likely.NO
        asked = answer.kind == SOLUTION or self._asking.looks_asked(question.text)
        if answer.certainty >= SURE and (asked or not self._asking.tells(question.text)):
            return Likely.SURELY
        return Likely.ASKED if asked else Likely.PERHAPS

    def names_subject(self, question: Question) -> bool:
        """See `Answerer.names_subject`."""
        if self._asking.looks_asked(question.text):
            return True
        _, found = self.desk.look_up(question)
        return any(found.evidence[hit.note].named for hit in found.hits[:1] if hit.note >= 0)

    def knows(self, text: str) -> bool:
        """See `Answerer.knows`."""
        return self.desk.ready.knows(text)

    @cached_property
    def _solving(self) -> Solving:
        return load_solving(self._folder)

    @cached_property
    def _asking(self) -> Asking:
        return load_asking(self._folder)

    def refuses(self, text: str) -> bool:
        """See `Answerer.refuses`."""
        return self._refusal(text) in (Outcome.INJECTION, Outcome.UNSAFE)

    def in_distress(self, text: str) -> bool:
        """See `Answerer.in_distress`. Needs no note: the first hello must not wait for them."""
        return self._refusal(text) is Outcome.DISTRESS

    def _refusal(self, text: str) -> Outcome | None:
        _, guard = _words(self._folder)
        return guard.refusal(text)

    @cached_property
    def desk(self) -> Desk:
        """The desk with everything read."""
        topics = {topic.id: topic for topic in self._library}
        lexicon, guard = _words(self._folder)
        index = self._index(lexicon)
        beside = yaml.safe_load((self._folder / "beside.yaml").read_text(encoding="utf-8"))
        syllabi = {name: Syllabus(roadmap, beside.get(name, {})) for name, roadmap in self._catalog.roadmaps.items()}
        known = index.known()
        worth: Mapping[str, float] = {term: index.whole.worth(term) for term in known}
        spelling = Spelling(known, guard.everyday.stems)
        structure, ready = load_structure(self._folder), load_ready(self._folder, topics)
        near = self._near(topics.values(), index)
        return Desk(topics, syllabi, index, lexicon, spelling, guard, worth, structure, ready, near=near)

    def _near(self, topics: Iterable[Topic], index: Index) -> Nearness | None:
        if self._embedder is None:
            return None
        return self._embedder.embed(list(lines_of(topics, load_asked(self._folder), index.notes)))

    def build(self) -> None:
        """Build the index and keep it, unless it is kept. For a process of its own."""
        if self._cache and not self.is_kept():
            self._index(load_lexicon(self._folder))

    def is_kept(self) -> bool:
        """Whether the index lies ready. Reads the notes."""
        return bool(self._cache and (self._cache / f"answers-{self._digest()}.json").exists())

    def _index(self, lexicon: Lexicon) -> Index:
        wanted = self._digest()
        kept = _load(self._cache / f"answers-{wanted}.json") if self._cache else None
        if kept is not None:
            return kept
        index = build_index(list(self._library), self._catalog.roadmaps.values(), lexicon, load_asked(self._folder))
        if self._cache:
            _keep(self._cache, f"answers-{wanted}.json", index)
        return index

    def _digest(self) -> str:
        """A sum over all that shapes the index."""
        total = blake2b(digest_size=12)
        for text in self._shaping():
            total.update(text.encode())
        return total.hexdigest()

    def _shaping(self) -> Iterable[str]:
        for file in (self._folder / "words.yaml", *sorted((self._folder / "asks").glob("*.yaml"))):
            yield file.read_text(encoding="utf-8")
        for name in _CODE:
            yield Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        yield from (repr(topic) for topic in self._library)
        yield from (repr(roadmap.phases) for roadmap in self._catalog.roadmaps.values())


@lru_cache(maxsize=2)
def _words(folder: Path) -> tuple[Lexicon, Guard]:
    """What is known of words and of what is not answered; read once in a process."""
    lexicon = load_lexicon(folder)
    return lexicon, load_guard(folder, lexicon)


def _written(index: Index) -> str:
    """The index as a line for each of its parts: none takes long to read, and whoever waits gets a turn in between."""
    lines = []
    for name, part in index.to_json().items():
        parts = part.items() if isinstance(part, dict) else ((None, part),)
        lines += [json.dumps([name, key, value], ensure_ascii=False, separators=(",", ":")) for key, value in parts]
    return "\n".join(lines)


def _read(lines: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in lines:
        name, key, value = json.loads(line)
        if key is None:
            found[name] = value
        else:
            found.setdefault(name, {})[key] = value
    return found


def _load(file: Path) -> Index | None:
    """The index kept in a file of ours; None when there is none that can be trusted and read."""
    try:
        status = file.stat()
        if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
            return None
        return Index.from_json(_read(file.read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _keep(folder: Path, name: str, index: Index) -> None:
    """Keep the index for the next start, if the folder can be written; older ones go."""
    body = _written(index).encode()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix="answers")
        with os.fdopen(handle, "wb") as opened:
            opened.write(body)
        for old in folder.glob("answers-*.json"):
            old.unlink(missing_ok=True)
        Path(draft).replace(folder / name)
