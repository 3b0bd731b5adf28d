"""Notes as sentences: prose and code told apart, prose cut into sentences that can stand in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FENCE = re.compile(r"^```.*?^```[^\S\n]*$", re.DOTALL | re.MULTILINE)
_WORDS = re.compile(r"\A(```\w*)[^\n]*")
"""What a fence says after its language is meant for the tests of the notes."""
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
_TABLE = re.compile(r"^\s*\|")
_END = re.compile(r"(?<=[.!?:])[\"')\]`*_]*\s+(?=[A-Z0-9`\"'(*\[])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|no|approx|St|Dr|Mr|Ms)\.|\b[A-Z]\.|\d\.)$")
_TERM = re.compile(r"`([^`\n]+)`|\*\*([^*\n]+)\*\*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a note and where it stood. `item` says that it was a line of a list, `case` that it is about
    something that goes wrong."""

    text: str
    paragraph: int
    item: bool = False
    case: bool = False

    @property
    def terms(self) -> list[str]:
        """The terms of art in it: what is written as code or in bold."""
        return [code or bold for code, bold in _TERM.findall(self.text)]


def code_blocks(text: str) -> list[str]:
    """The fenced blocks of a text, whole, each with its fences and no more than its language."""
    return [_WORDS.sub(r"\1", match[0], count=1) for match in FENCE.finditer(text)]


@lru_cache(maxsize=600)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; code blocks and tables are left out."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(FENCE.sub("\n", text))):
        for line, item in _lines(paragraph):
            found.extend(Sentence(sentence, number, item) for sentence in ([line] if item else _split(line)))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[str]:
    return (paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())


def _lines(paragraph: str) -> Iterator[tuple[str, bool]]:
    """The paragraph's list items, one by one, and its running text in one piece."""
    held: list[str] = []
    item = False
    for line in paragraph.splitlines():
        if _TABLE.match(line) or line.lstrip().startswith("#"):
            continue
        if _ITEM.match(line) or (item and not line.startswith(" ")):
            if held:
                yield " ".join(held), item
            held, item = [], bool(_ITEM.match(line))
        held.append(_ITEM.sub("", line).strip())  # what is indented under an item belongs to it
    if held:
        yield " ".join(held), item


def _split(text: str) -> Iterator[str]:
    held = ""
    for piece in _END.split(text):
        held = f"{held} {piece}".strip()
        if held.endswith(":") or _ABBREVIATION.search(held):
            continue
        yield held
        held = ""
    if held:
        yield held


@lru_cache(maxsize=2000)
def count(text: str) -> int:
    """How many sentences somebody who reads a text would count: an item of a list may hold several."""
    return sum(1 for _ in _split(text))
