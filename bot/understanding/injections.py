"""Spots attempts to talk the mentor out of its rules; what comes with them is never obeyed."""

from __future__ import annotations

from bot.understanding.folding import clean, fold
from bot.understanding.phrases import Phrases
from bot.understanding.sentence import Sentence

_REACH = 5


class Injections:
    """Knows the phrases of every language that such attempts are made of."""

    def __init__(self, phrases: Phrases) -> None:
        listed = (locale.words.get("injection", ()) for locale in phrases.locales.values())
        self._by_first: dict[str, list[str]] = {}
        for phrase in (_spaced(phrase) for group in listed for phrase in group):
            self._by_first.setdefault(phrase.partition(" ")[0], []).append(f" {phrase} ")

    def found_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        spaced = f" {_spaced(text)} "
        return any(phrase in spaced for word in spaced.split() for phrase in self._by_first.get(word, ()))


def breaks_rules(sentence: Sentence) -> bool:
    """Whether a line speaks of setting rules aside or making new ones: a word for that shortly before one for rules."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    nouns = lexicon.positions("rule_nouns", tokens)
    return any(at < noun <= at + _REACH for at in lexicon.positions("rule_verbs", tokens) for noun in nouns)


def _spaced(text: str) -> str:
    """Folded words, with the marks that such attempts imitate a machine by standing alone."""
    marked = "".join(char if char.isalnum() else f" {char} " if char in "[:<" else " " for char in fold(clean(text)))
    return " ".join(marked.split())
