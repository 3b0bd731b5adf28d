"""Learns which way questions lean: `python -m tests.answers.learn` writes `content/answers/leaning.json`.

From every line that is to be refused or led back, from lines that only look so, from the questions to tune on, and from
lines of `asks`, looked at without half of all such lines: nobody asks in the words that were written down. Never from
`test.jsonl` nor from `HELD`. A logistic regression, always the same for the same lines. `--try` says how it does on
fifths that it did not learn from, and writes nothing.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.answers.asked_in_weeks import load_asked
from bot.answers.desk import Desk
from bot.answers.guard import Everyday
from bot.answers.leaning import Leaning, Shown, spoken
from bot.answers.opening import OfflineAnswers
from bot.answers.query import Query
from bot.app import content_folder
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Question
from bot.domain.roadmap import Roadmap
from bot.settings import Settings
from tests.answers.questions import FOLDER, read

HELD = ("refused-7.yaml",)
TUNED = ("tune", "tune-2", "tune-3", "tune-4", "blind", "blind-2")
ONE_IN = 2
"""One line of `asks` in so many is learned from."""
EPOCHS, STEP, DECAY = 40, 0.3, 0.4
TIMES = 2
"""The fewest lines that hold a word that is learned."""
FOLDS = 5
LIMIT = 1.75
"""How far a line has to lean: one in two hundred lines about the subject does that were not learned from."""
SMALLEST = 0.03
"""A weight that says less than this is left out."""


@dataclass(frozen=True)
class Line:
    """A line as the desk sees it, and whether it is none for the notes."""

    source: str
    kind: str
    query: Query
    shown: Shown

    @property
    def away(self) -> bool:
        """Whether it is to be refused or led back."""
        return self.kind != "answered"


@dataclass(frozen=True)
class Reader:
    """Looks at lines as the desk does."""

    desk: Desk
    roadmap: Roadmap
    folder: Path

    def line(self, source: str, kind: str, text: str) -> Line:
        query, found = self.desk.look_up(Question(text, self.roadmap))
        return Line(source, kind, query, self.desk.shown(query, found))

    def lines(self) -> list[Line]:
        return [*self._kinds(), *self._everyday(), *self._questions(), *self._asks()]

    def _kinds(self) -> Iterator[Line]:
        for file in sorted(FOLDER.glob("refused*.yaml")):
            if file.name not in HELD:
                for kind, block in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                    yield from (self.line(file.name, kind, text) for text in block.splitlines())
        near = (FOLDER / "near-misses.txt").read_text(encoding="utf-8").splitlines()
        yield from (self.line("near-misses.txt", "answered", text) for text in near)

    def _everyday(self) -> Iterator[Line]:
        everyday: Everyday = self.desk.guard.everyday
        lines = yaml.safe_load((self.folder / "elsewhere.yaml").read_text(encoding="utf-8"))["lines"].splitlines()
        for number, text in enumerate(line for line in lines if line.strip()):
            seen = self.line("elsewhere.yaml", "off-topic", text)
            others = everyday.asks.alike(seen.query.said, without=number)
            yield replace(seen, shown=seen.shown._replace(alike=max(others.values(), default=0.0)))

    def _questions(self) -> Iterator[Line]:
        for name in TUNED:
            for asked in read(FOLDER / f"{name}.jsonl"):
                yield self.line(name, "answered" if asked.answerable else asked.type, asked.text)

    def _asks(self) -> Iterator[Line]:
        """Lines that notes and weeks were written for, looked at without every other of them."""
        asked = [text for topic in self.desk.topics.values() for texts in topic.asks.values() for text in texts]
        asked += [line.text for line in load_asked(self.folder)]
        asks = self.desk.index.asks
        kept = {term: frozenset(number for number in held if number % ONE_IN) for term, held in asks.rows.items()}
        without = replace(self.desk, index=replace(self.desk.index, asks=replace(asks, rows=kept)))
        others = replace(self, desk=without)
        yield from (others.line("asks", "answered", text) for text in asked[::ONE_IN])


def learned(lines: Sequence[Line]) -> Leaning:
    """The weights that tell the lines apart, both kinds counting the same in all."""
    held = Counter(word for line in lines for word in set(spoken(line.query)))
    rows = [(sorted(word for word in set(spoken(line.query)) if held[word] >= TIMES), line) for line in lines]
    share = sum(line.away for line in lines) / len(lines)
    order, shuffled = list(range(len(rows))), random.Random(1)
    weights, seen = defaultdict[str, float](float), defaultdict[str, float](lambda: 1e-6)
    for _ in range(EPOCHS):
        shuffled.shuffle(order)
        for number in order:
            words, line = rows[number]
            values = _values(words, line)
            score = sum(weights[name] * value for name, value in values)
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - line.away
            wrong *= 0.5 / (share if line.away else 1 - share)
            for name, value in values:
                often = held.get(name, len(lines))
                slope = wrong * value + DECAY * weights[name] / often
                seen[name] += slope * slope
                weights[name] -= STEP * slope / math.sqrt(seen[name])
    told = {word: round(weights[word], 2) for word in sorted(held) if abs(weights.get(word, 0.0)) >= SMALLEST}
    return Leaning(LIMIT, round(weights[" bias"], 3), [round(weights[f" {n}"], 3) for n in Shown._fields], told)


def _values(words: Sequence[str], line: Line) -> list[tuple[str, float]]:
    shown = [(f" {name}", float(value)) for name, value in zip(Shown._fields, line.shown, strict=True)]
    return [(word, 1.0) for word in words] + shown + [(" bias", 1.0)]


def tried(lines: Sequence[Line]) -> dict[str, list[bool]]:
    """For each source and kind of line whether it leans away, by weights that were not learned from it."""
    found: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        leaning = learned([line for number, line in enumerate(lines) if number % FOLDS != fold])
        for line in lines[fold::FOLDS]:
            found[f"{line.source} {line.kind}"].append(leaning.away(line.query, line.shown))
    return dict(sorted(found.items()))


def main() -> None:
    folder = content_folder(Settings())
    catalog = load_catalog(folder)
    desk = OfflineAnswers(folder, catalog, NoteLibrary(folder / "topics")).desk
    lines = Reader(desk, next(iter(catalog.roadmaps.values())), folder / "answers").lines()
    if "--try" in sys.argv:
        for name, away in tried(lines).items():
            print(f"{name:36} {100 * sum(away) / len(away):5.1f} % of {len(away)}")
        return
    made = learned(lines)
    kept = {"limit": made.limit, "bias": made.bias, "shown": made.shown, "words": made.words}
    body = json.dumps(kept, ensure_ascii=False, indent=0, separators=(",", ":"))
    (folder / "answers" / "leaning.json").write_text(body + "\n", encoding="utf-8")
    print(f"{len(lines)} lines, {len(made.words)} words and pairs, {len(body) // 1000} KB")


if __name__ == "__main__":
    main()
