"""Phrases that organisers add: matched by likeness, because the shipped model has not seen them."""

from __future__ import annotations

from random import Random

from rapidfuzz import fuzz, process

from bot.understanding.corpus import ENDINGS, FILLERS, OPENINGS, template_key
from bot.understanding.model import Model
from bot.understanding.phrases import Phrases
from bot.understanding.templates import expand
from bot.understanding.tokens import words_of

_ALIKE = 90.0
_EACH = 40
_POLITE = frozenset(word for phrase in (*OPENINGS, *ENDINGS) for word in words_of(phrase)) | {"could", "would", "hello"}


class OwnPhrases:
    """What a community says in its own way, beside what the model was trained on."""

    def __init__(self, phrases: Phrases, model: Model) -> None:
        self._intents: dict[str, str] = {}
        fillers = {**FILLERS, "s": phrases.subject or ("python",)}
        random = Random(3)
        for locale in phrases.locales.values():
            for intent, templates in locale.intents.items():
                for template in templates:
                    if template_key(intent, template) not in model.templates:
                        for text in expand(template, fillers, _EACH, random):
                            self._intents[_key(text)] = intent
        self._known = list(self._intents)

    def intent_of(self, text: str) -> str | None:
        """The intent of an added phrase that a text is, a slip or two aside."""
        if not self._known:
            return None
        for said in dict.fromkeys((_key(text), _plainly(text))):
            if found := process.extractOne(said, self._known, scorer=fuzz.ratio, score_cutoff=_ALIKE):
                return self._intents[found[0]]
        return None


def _key(text: str) -> str:
    return " ".join(words_of(text))


def _plainly(text: str) -> str:
    """The text without the polite words around it: `please feed the owl, thanks`."""
    words = [word for word in words_of(text) if word.isalnum()]
    while words and words[0] in _POLITE:
        words.pop(0)
    while words and words[-1] in _POLITE:
        words.pop()
    return " ".join(words)
