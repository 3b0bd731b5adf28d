"""Answers how something is installed, and what to do when it is missing: `content/answers/installing.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from bot.answers.disguise import plain
from bot.answers.known import Known, patterns


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is installed: what it is called, how, and the notes that teach it."""

    names: tuple[str, ...]
    way: str
    package: str
    module: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Installing:
    """What is known of installing. `looks`, `never` and `again` tell how such a question is put, `missing` how Python
    says that a module is not there; `unknown` and `nothing` are said of what is not among the things."""

    things: tuple[Thing, ...]
    ways: Mapping[str, str]
    looks: re.Pattern[str]
    never: re.Pattern[str]
    again: re.Pattern[str]
    missing: re.Pattern[str]
    unknown: str
    nothing: str
    most_words: int = 10

    @cached_property
    def _by_name(self) -> Mapping[str, Thing]:
        return {name: thing for thing in self.things for name in (*thing.names, thing.module.lower())}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Any of the names, the longer ones first: "jupyter notebook" is not "jupyter"."""
        names = sorted(self._by_name, key=len, reverse=True)
        return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-]|\.\w)")

    def answer(self, text: str) -> Known | None:
        """How it is installed, for a question that names it or says that it is missing."""
        read = plain(text)
        if found := self.missing.search(read):
            thing = self._by_name.get(next(filter(None, found.groups()), ""))
            return self._said(thing) if thing else Known(self.unknown, ("python-packaging", "variables"))
        if not self._asked(read):
            return None
        asked = self.looks.search(read)
        after = self._names.findall(read, asked.end()) if asked else []  # "install redux in react" is about redux
        named = after[:1] or self._names.findall(read)[-1:]
        return self._said(self._by_name[named[0]]) if named else None

    def asks_again(self, text: str) -> bool:
        """Whether a text asks how "it" is installed: what was spoken of before."""
        read = plain(text)
        return bool(self.again.search(read)) and not self._names.search(read)

    def of_talk(self, before: str, note: str) -> Known:
        """How that is installed of which a question before was, by the names in it or by the note that answered."""
        named = self._names.findall(plain(before))
        thing = self._by_name[named[-1]] if named else next((t for t in self.things if note in t.notes), None)
        return self._said(thing) if thing else Known(self.nothing, (note,))

    def _asked(self, read: str) -> bool:
        return bool(len(read.split()) <= self.most_words and self.looks.search(read) and not self.never.search(read))

    def _said(self, thing: Thing) -> Known:
        return Known(self.ways[thing.way].format(package=thing.package, module=thing.module).strip(), thing.notes)


def load_installing(folder: Path) -> Installing:
    """What is known of installing, of a content folder's `answers/installing.yaml`."""
    read = yaml.load((folder / "installing.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    looks, never, again, missing = (patterns(read[key]) for key in ("looks", "not", "again", "missing"))
    unknown, nothing = read["unknown"].strip(), read["nothing"].strip()
    things = tuple(_things(read["things"].splitlines()))
    return Installing(things, read["ways"], looks, never, again, missing, unknown, nothing, read["most_words"])


def _things(lines: Iterable[str]) -> Iterable[Thing]:
    for line in lines:
        names, way, package, module, notes = (part.strip() for part in line.split("|"))
        yield Thing(_listed(names), way, package, module, _listed(notes))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))
