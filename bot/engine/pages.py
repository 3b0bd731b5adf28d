"""A note in pages that fit a phone: sections one after the other, code never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.text import Prose
from bot.domain.topic import Section, SectionKey, Topic

ROOM = 900
MOST = 1100
"""Characters up to which a line that announces something is kept on one screen with it."""
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
    pieces = _pieces([_flowing(block.strip("\n")) for block in _BLOCK.findall(section.text)])
    for shown in _balanced(pieces):
        yield Page(section.key, Prose("\n\n".join(shown)))


def _pieces(blocks: Sequence[str]) -> list[str]:
    """The blocks, with what announces the next one in one piece with it: a heading, a line that ends in a colon."""
    pieces: list[str] = []
    last = ""
    for block in blocks:
        fits = bool(pieces) and len(pieces[-1]) + len(block) <= MOST
        if last.startswith("#") or (fits and last.endswith(":")):
            pieces[-1] += f"\n\n{block}"
        else:
            pieces.append(block)
        last = "" if block.startswith("```") else block.splitlines()[-1].rstrip(" *_")
    return pieces


def _balanced(pieces: Sequence[str]) -> list[list[str]]:
    """The pieces on as few screens as hold them, and of those ways the one whose screens are most alike."""
    lengths = [len(piece) for piece in pieces]
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # screens, unevenness, where the last of them begins
    for end in range(1, len(pieces) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            length = sum(lengths[start:end])
            if length > ROOM and start < end - 1:
                break
            screens, unevenness, _ = best[start]
            ways.append((screens + 1, unevenness + (ROOM - length) ** 2, start))
        best.append(min(ways))
    starts = [len(pieces)]
    while starts[-1]:
        starts.append(best[starts[-1]][2])
    return [list(pieces[start:end]) for start, end in pairwise(reversed(starts))]


def _flowing(block: str) -> str:
    """A block whose paragraphs are one line each: a screen breaks them where it is full. Code and tables stay."""
    return block if block.startswith(("```", "|")) else _SOFT_BREAK.sub(" ", block)
