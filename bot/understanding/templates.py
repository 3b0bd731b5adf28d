"""Turns one phrase template into the sentences it stands for: `(a|b|)` chooses, `<n>` fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

_PART = re.compile(r"\(([^()]*\|[^()]*)\)|<(\w+)>")


def size(template: str) -> int:
    """How many sentences a template stands for, marks aside."""
    total = 1
    for part in _PART.finditer(template):
        total *= len(part[1].split("|")) if part[1] is not None else 1
    return total


def expand(template: str, fillers: Mapping[str, Sequence[str]], limit: int, random: Random) -> list[str]:
    """Up to `limit` different sentences, every alternative of the first choice among them when it fits."""
    wanted = min(limit, size(template))
    found: dict[str, None] = {}
    for attempt in range(wanted * 4):
        found[one(template, fillers, random, attempt)] = None
        if len(found) >= wanted:
            break
    return list(found)


def one(template: str, fillers: Mapping[str, Sequence[str]], random: Random, turn: int) -> str:
    """A single sentence of a template; `turn` walks through its longest choice."""
    parts = [part[1].split("|") for part in _PART.finditer(template) if part[1] is not None]
    longest = max(map(len, parts), default=0)

    def choose(part: re.Match[str]) -> str:
        if part[1] is None:
            return random.choice(fillers[part[2]])
        options = part[1].split("|")
        picked = options[turn % longest] if len(options) == longest else random.choice(options)
        return one(picked, fillers, random, turn) if "<" in picked else picked

    return " ".join(_PART.sub(choose, template).split())
