"""Spots attempts to talk the mentor out of its rules; what comes with them is never obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.understanding.folding import clean, fold
from bot.understanding.phrases import Phrases


class Injections:
    """Knows the phrases of every language that such attempts are made of."""

    def __init__(self, phrases: Phrases) -> None:
        listed = (phrase for locale in phrases.locales.values() for phrase in _phrases(locale.words.get("injection", ())))
        self._phrases = tuple(" " + _spaced(phrase) + " " for phrase in listed)

    def found_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        spaced = f" {_spaced(text)} "
        return any(phrase in spaced for phrase in self._phrases)


def _spaced(text: str) -> str:
    return " ".join("".join(char if char.isalnum() or char in "[]:<" else " " for char in fold(clean(text))).split())


def _phrases(listed: Any) -> Iterator[str]:
    yield from listed
