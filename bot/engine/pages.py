"""A note in pages that fit a phone: sections one after the other, code never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text import Prose
from bot.domain.topic import Section, SectionKey, Topic

ROOM = 900
_BLOCK = re.compile(r"```.*?\n```|[^\n](?:[^\n]|\n(?!\n|```))*", re.DOTALL)


_SOFT_BREAK = re.compile(r"(?<=\S)(?<!  )(?<!\\)\n[ \t]*(?=[^\s|#>*+-]|[*+-][^ ]|>[^ ])(?!\d+[.)] )")
"""A line break that only the file's width asks for: the next line begins no list item, table, heading or quotation."""


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of a note, and the section it is from."""

    section: SectionKey
    text: Prose


def pages(topic: Topic) -> list[Page]:
    """The pages of a note."""
    return [page for section in topic.sections for page in _pages(section)]


def _pages(section: Section) -> Iterator[Page]:
    held: list[str] = []
    for block in _BLOCK.findall(section.text):
        if held and sum(map(len, held)) + len(block) > ROOM:
            yield Page(section.key, Prose("\n\n".join(held)))
            held = []
        held.append(_flowing(block.strip("\n")))
    if held:
        yield Page(section.key, Prose("\n\n".join(held)))


def _flowing(block: str) -> str:
    """A block whose paragraphs are one line each: a screen breaks them where it is full. Code and tables stay."""
    return block if block.startswith(("```", "|")) else _SOFT_BREAK.sub(" ", block)
