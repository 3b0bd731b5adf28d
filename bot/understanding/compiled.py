"""The trained form of the phrases: made once, kept beside them, and known to be current."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from bot.understanding.features import features_of
from bot.understanding.model import Model
from bot.understanding.phrases import HOLD, Locale, Phrases
from bot.understanding.places import zone_names
from bot.understanding.sentence import SentenceMaker
from bot.understanding.tokens import words_of
from bot.understanding.training import train

_SHAPING = ("clocks", "compounds", "features", "folding", "lexicon", "numbers", "phrases", "places", "sentence", "spans",
            "spans_of_time", "spelling", "templates", "tokens", "training")  # fmt: skip
_TASK_TALK = ("done", "undo", HOLD, "next")
_SIGNS = re.compile(r"<\w+>|[()|]")


def compile_model(phrases: Phrases) -> Model:
    """Train the model of some phrases."""
    words = vocabulary_of(phrases)
    maker = SentenceMaker(phrases, (), words, zone_names())

    def featurize(text: str) -> list[int]:
        sentence = maker.make(text)
        return features_of(sentence.tokens, sentence.spans, maker.known, sentence.lexicon)

    return train(phrases, featurize, words, task_talk_of(phrases), fingerprint(phrases))


def vocabulary_of(phrases: Phrases) -> Mapping[str, str]:
    """Every word of the phrases and of the grammar with the languages it is said in."""
    spoken: dict[str, set[str]] = {}
    for name, locale in phrases.locales.items():
        for word in _words(_spoken(locale, locale.intents), _listed(locale.words)):
            spoken.setdefault(word, set()).add(name)
    return {word: "".join(sorted(names)) for word, names in sorted(spoken.items())}


def task_talk_of(phrases: Phrases) -> set[str]:
    """The words by which people say that a task is done, or not, or not after all."""
    locales = phrases.locales.values()
    return {word for locale in locales for word in _words(_spoken(locale, _TASK_TALK), _listed(locale.words))}


def _words(*texts: Iterable[str]) -> Iterator[str]:
    return (word for text in chain(*texts) for word in words_of(text))


def _spoken(locale: Locale, intents: Iterable[str]) -> Iterator[str]:
    return (_SIGNS.sub(" ", template) for intent in intents for template in locale.intents.get(intent, ()))


def _listed(words: Any) -> Iterator[str]:
    """Every phrase in the grammar's lists, slang aside: what is short for something is not a word."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, Mapping):
        for name, inner in words.items():
            yield from () if name == "slang" else _listed(inner)
    else:
        for inner in words:
            yield from _listed(inner)


def fingerprint(phrases: Phrases) -> str:
    """Changes when the phrases change, or any code that shapes what is learned from them."""
    digest = hashlib.sha256(phrases.digest)
    for name in _SHAPING:
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return digest.hexdigest()[:24]
