"""Spots attempts to talk the mentor out of its rules; what comes with them is never obeyed."""

from __future__ import annotations

from bot.understanding.folding import clean, fold
from bot.understanding.phrases import Phrases


class Injections:
    """Knows the phrases of every language that such attempts are made of."""

    def __init__(self, phrases: Phrases) -> None:
        listed = (locale.words.get("injection", ()) for locale in phrases.locales.values())
        self._phrases = tuple(f" {_spaced(phrase)} " for group in listed for phrase in group)

    def found_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        spaced = f" {_spaced(text)} "
        return any(phrase in spaced for phrase in self._phrases)


def _spaced(text: str) -> str:
    """Folded words, with the marks that such attempts imitate a machine by standing alone."""
    marked = "".join(char if char.isalnum() else f" {char} " if char in "[:<" else " " for char in fold(clean(text)))
    return " ".join(marked.split())
