"""The words of the phrases: by language, and those among them by which people speak of tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from bot.understanding.corpus import ENDINGS, OPENINGS
from bot.understanding.phrases import HOLD, Locale, Phrases
from bot.understanding.tokens import words_of

_TASK_TALK = ("done", "undo", HOLD, "next")
_CHANGING = ("done", "undo", "pause", "resume", "set_time", "set_timezone", "start", "group_create")
_MAY_NAME = ("numbered_things", "doubts", "hypotheticals", "jokes", "retractions", "halts", "or_tags", "nahs")
_POLITE = ("greet", "thanks")
_PLAIN_KINDS = (
    "all", "at", "day_parts", "days", "except", "half", "half_before", "numbers", "oclock", "ordinals", "quarter_past",
    "quarter_to", "range", "single", "splitters", "task_words", "today", "tomorrow", "units", "week_words", "until",
    "reasons", "negators", "zone_words", "asides",
)  # fmt: skip
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
    return {
        word
        for locale in phrases.locales.values()
        for word in _words(_spoken(locale, _TASK_TALK), _listed(_about_tasks(locale)))
    }


def _about_tasks(locale: Locale) -> Mapping[str, Any]:
    """The grammar's words without those that may name a task: `the model part` is called something."""
    return {kind: words for kind, words in locale.words.items() if kind not in _MAY_NAME}


def talk_of(phrases: Phrases) -> dict[str, set[str]]:
    """For each wish that changes something, the words it is said in: its phrases', and the grammar's plain ones."""
    locales = phrases.locales.values()
    plain = {
        word for locale in locales for kind in _PLAIN_KINDS for word in _words(_listed(locale.words.get(kind, ())))
    }
    polite = set(_words((*OPENINGS, *ENDINGS), *(_spoken(locale, _POLITE) for locale in locales)))
    return {intent: plain | polite | _said_for(intent, phrases) for intent in _CHANGING}


def _said_for(intent: str, phrases: Phrases) -> set[str]:
    locales = phrases.locales.values()
    said = {word for locale in locales for word in _words(_spoken(locale, (intent,)))}
    if intent in _TASK_TALK:
        said |= {word for locale in locales for word in _words(_listed(locale.words.get("finish", ())))}
    return said


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
