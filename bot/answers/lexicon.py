"""The words of questions, from `content/answers/words.yaml`: the empty ones, what means the same, what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from bot.answers.tokens import LONGEST, stem, stems, words

Phrase = tuple[str, ...]
ORDER = "how-to"
KEPT = 16_000
"""Sentences whose terms are remembered."""


@dataclass(frozen=True)
class Lexicon:
    """`empty` words say nothing of the subject; `same` leads phrases to meanings; `kinds` are cues of questions,
    `orders` the words that begin "fetch only the open ones"; `again` and `pronouns` refer to what was said before;
    `captions` is how a sentence of ours looks that points at code beside it."""

    empty: frozenset[str]
    same: Mapping[Phrase, tuple[str, ...]]
    kinds: Mapping[str, tuple[Phrase, ...]]
    sections: Mapping[str, tuple[str, ...]]
    orders: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    captions: re.Pattern[str] = re.compile(r"(?!)")

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        longest: dict[str, int] = {}
        for phrase in self.same:
            longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
        return longest

    @cached_property
    def _kept(self) -> dict[str, tuple[str, ...]]:
        return {}

    def sentence(self, text: str) -> tuple[str, ...]:
        """The same for a sentence of ours, which will be looked at again."""
        if text not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[text] = tuple(dict.fromkeys(self.content(text)))
        return self._kept[text]

    def content(self, text: str) -> list[str]:
        """The stems that speak of the subject, then the meanings of words and phrases, marked `~`."""
        found = stems(text)
        return [s for s in found if s not in self.empty] + list(self.meanings(found))

    def meanings(self, found: Sequence[str]) -> Iterator[str]:
        """What the phrases in a row of stems mean."""
        for at, first in enumerate(found):
            for count in range(min(self._longest.get(first, 0), len(found) - at), 0, -1):
                yield from self.same.get(tuple(found[at : at + count]), ())

    def covered(self, found: Sequence[str]) -> tuple[set[int], set[int]]:
        """Which places of a row of stems have a meaning, and which have it as part of a longer phrase."""
        single: set[int] = set()
        joined: set[int] = set()
        for at, first in enumerate(found):
            for count in range(min(self._longest.get(first, 0), len(found) - at), 0, -1):
                if tuple(found[at : at + count]) in self.same:
                    single.update(range(at, at + count))
                    joined.update(range(at, at + count) if count > 1 else ())
        return single, joined

    def kind(self, text: str) -> str:
        """What kind of question it is; empty when nothing tells."""
        said = tuple(words(text))
        told = next((kind for kind, cues in self.kinds.items() if any(_holds(said, cue) for cue in cues)), "")
        return told or (ORDER if said[:1] and said[0] in self.orders else "")

    def leans(self, text: str) -> bool:
        """Whether a question cannot be understood without the one before."""
        said = list(words(text))
        if any(len(word) > LONGEST for word in text.split()):
            return False  # nothing that could be read: what was said before does not answer it
        own = [word for word in said if stem(word) not in self.empty and word not in self.again]
        return not own or (len(own) == 1 and any(word in self.pronouns for word in said))


def _holds(said: Sequence[str], cue: Phrase) -> bool:
    count = len(cue)
    return any(tuple(said[at : at + count]) == cue for at in range(len(said) - count + 1))


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a content folder's `answers/words.yaml`."""
    read = yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))
    return Lexicon(
        empty=frozenset(stem(word) for entry in _entries(read["empty"]) for word in words(entry)),
        same=_same(read["same"].splitlines()),
        kinds={kind: tuple(tuple(words(cue)) for cue in _entries(cues)) for kind, cues in read["kinds"].items()},
        sections={kind: tuple(sections) for kind, sections in read["sections"].items()},
        orders=frozenset(_entries(read.get("orders", ""))),
        again=frozenset(_entries(read.get("again", ""))),
        pronouns=frozenset(_entries(read.get("pronouns", ""))),
        captions=re.compile("|".join(f"(?:{line})" for line in read["captions"].splitlines())),
    )


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.replace("\n", " ").split(",") if entry.strip()]


def _same(lines: Iterable[str]) -> dict[Phrase, tuple[str, ...]]:
    found: dict[Phrase, tuple[str, ...]] = {}
    for line in lines:
        for entry in _entries(line):
            phrase = tuple(stems(entry))
            meaning = f"~{_entries(line)[0]}"
            if phrase:
                found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), meaning)))
    return found
