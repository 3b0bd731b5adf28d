"""The words of the phrases: by language, and those among them by which people speak of tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from bot.understanding.phrases import HOLD, Locale, Phrases
from bot.understanding.tokens import words_of

_TASK_TALK = ("done", "undo", HOLD, "next")
_SIGNS = re.compile(r"<\w+>|[()|]")


def vocabulary_of(phrases: Phrases) -> Mapping[str, str]:
    """Every word of the phrases and of the grammar, the commonest first, with the languages it is said in.

    Languages are two letters each, one after another.
    """
    spoken: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for name, locale in phrases.locales.items():
        for word in _words(_spoken(locale, locale.intents), _listed(locale.words)):
            spoken.setdefault(word, set()).add(name)
            counts[word] += 1
    common = sorted(spoken, key=lambda word: (-counts[word], word))
    return {word: "".join(sorted(spoken[word])) for word in common}


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
