"""Finds the roadmap somebody names: by its id, its name, or words that only one of them has."""

from __future__ import annotations

import re

from bot.domain.catalog import Catalog
from bot.domain.errors import UnknownRoadmap
from bot.domain.roadmap import Roadmap

_EMPTY = frozenset(("roadmap", "roadmaps", "the", "to", "my", "a", "other", "another", "please", "one", "for"))


def named_roadmap(said: str, catalog: Catalog) -> Roadmap | None:
    """The roadmap that is meant; None when no name was said, such as in `switch roadmap`. Raises `UnknownRoadmap`."""
    words = _words(said)
    if not words:
        return None
    roadmaps = list(catalog.roadmaps.values())
    for fits in (
        [r for r in roadmaps if words in (_words(r.id), _words(r.name), _words(r.title))],
        [r for r in roadmaps if words <= _words(f"{r.id} {r.name}")],
        [r for r in roadmaps if words <= _words(r.title)],
    ):
        if len(fits) == 1:
            return fits[0]
    raise UnknownRoadmap(said, ids=list(catalog.roadmaps))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - _EMPTY
