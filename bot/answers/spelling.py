"""What a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
LONG = 8


class Spelling:
    """Knows the words of the library and the everyday ones, which are right although the library lacks them."""

    def __init__(self, known: Mapping[str, int], everyday: Collection[str]) -> None:
        self._known = known
        self._everyday = everyday
        self._guessed: dict[str, str] = {}

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        shelves: dict[str, list[str]] = {}
        for word in self._known:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                shelves.setdefault(word[0], []).append(word)
        return shelves

    def meant(self, stem: str) -> str:
        """The stem itself when it is known, too short to tell or like nothing; else the nearest known one."""
        if stem in self._known or stem in self._everyday or len(stem) < SHORTEST or not stem.isalpha():
            return stem
        if stem not in self._guessed:
            if len(self._guessed) > 5000:
                self._guessed.clear()
            self._guessed[stem] = self._nearest(stem)
        return self._guessed[stem]

    def _nearest(self, stem: str) -> str:
        far = 2 if len(stem) >= LONG else 1
        shelf = self._by_letter.get(stem[0], [])
        found = process.extract(stem, shelf, scorer=OSA.distance, score_cutoff=far, limit=5)
        best = min(found, key=lambda hit: (hit[1], -self._known[hit[0]]), default=None)
        return best[0] if best else stem
