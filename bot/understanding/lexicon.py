"""The grammar's words, by language: what is a number, a weekday, a negation, a unit of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.understanding.phrases import Words
from bot.understanding.tokens import Token, words_of

V = TypeVar("V")
Key = tuple[str, ...]
_FLAGS = (
    "all", "at", "begun", "called", "claim_words", "code_words", "counted_nouns", "day_after", "doubts", "except",
    "finish", "half", "half_before", "half_unit", "halts", "hypotheticals", "jokes", "last_week", "moments", "nahs",
    "negators", "next_week", "nopes", "numbered_things", "oclock", "open_words", "openers", "or_tags", "ordinals",
    "others", "out_of", "person_verbs", "quarter_past", "quarter_to", "question", "quoting", "range", "reasons",
    "regular", "rename_verbs", "request", "retractions", "rule_nouns", "rule_verbs", "schedule", "single",
    "splitters", "tall_tales", "task_words", "to_come", "tomorrow", "unreal", "until", "week_words", "weekend",
    "zone_words",
)  # fmt: skip
_OPEN_SPANS = (
    "at", "half", "half_before", "half_unit", "last_week", "next_week", "ordinals", "quarter_past", "quarter_to",
    "single", "week_words",
)  # fmt: skip
"""Kinds of words that a named time, week or number may begin with, beside the groups."""

_GROUPS = ("days", "numbers", "units", "day_parts", "pairs", "counted", "after_meals")


class Trie(Generic[V]):
    """Finds the longest known phrase that begins at a token. `firsts` are the words that some phrase begins with, so
    that whoever asks often may look there first: nine words in ten begin none."""

    def __init__(self, entries: Iterable[tuple[Key, V]] = ()) -> None:
        self._values: dict[Key, V] = {}
        self.firsts: dict[str, int] = {}
        for key, value in entries:
            self.add(key, value)

    def add(self, key: Key, value: V) -> None:
        """Know one phrase; the first meaning of a phrase stays."""
        if not key:
            return
        self._values.setdefault(key, value)
        self.firsts[key[0]] = max(len(key), self.firsts.get(key[0], 0))

    def match(self, tokens: Sequence[Token], at: int) -> tuple[V, int] | None:
        """The meaning of the longest phrase at a place and how many tokens it takes."""
        longest = self.firsts.get(tokens[at].text) if at < len(tokens) else None
        if not longest:
            return None
        for count in range(min(longest, len(tokens) - at), 0, -1):
            key = tuple(token.text for token in tokens[at : at + count])
            if key in self._values:
                return self._values[key], count
        return None

    def words(self) -> set[str]:
        """Every word that some phrase is made of."""
        return {word for key in self._values for word in key}

    def __contains__(self, word: str) -> bool:
        return (word,) in self._values


class Lexicon:
    """The words of one language, before those of another that its speakers mix in.

    `openers` are all words with which the name of a time, a week or a number begins: nine words in ten do not.
    """

    def __init__(self, own: Words, mixed_in: Words = MappingProxyType({})) -> None:
        self._flags: dict[str, Trie[bool]] = {name: Trie() for name in _FLAGS}
        self._groups: dict[str, Trie[str]] = {name: Trie() for name in _GROUPS}
        self.months: Trie[int] = Trie()
        self.actions: dict[str, Trie[bool]] = {}
        self._learn(own)
        self._learn(mixed_in)
        opening = [self._flags[name].firsts for name in _OPEN_SPANS]
        named = [group.firsts for group in self._groups.values()]
        self.openers = frozenset(word for firsts in (*opening, *named) for word in firsts) | {"fortnight"}

    def _learn(self, words: Words) -> None:
        for name, trie in self._flags.items():
            for phrase in words.get(name, ()):
                trie.add(words_of(phrase), True)
        for name, group in self._groups.items():
            _learn_group(group, words.get(name, {}))
        for intent, verbs in words.get("actions", {}).items():
            for verb in verbs:
                self.actions.setdefault(intent, Trie()).add(words_of(verb), True)
        for number, names in enumerate(words.get("months", ()), start=1):
            for name in names.split():
                self.months.add(words_of(name), number)

    def flag(self, name: str, tokens: Sequence[Token], at: int) -> int:
        """How many tokens at a place belong to a kind of word; none is 0."""
        trie = self._flags[name]
        if at >= len(tokens) or tokens[at].text not in trie.firsts:
            return 0
        found = trie.match(tokens, at)
        return found[1] if found else 0

    def group(self, name: str, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """Which member of a group of words stands at a place, and how many tokens it takes."""
        trie = self._groups[name]
        return trie.match(tokens, at) if at < len(tokens) and tokens[at].text in trie.firsts else None

    def is_number(self, word: str) -> bool:
        """Whether a single word is a number."""
        return word in self._groups["numbers"]

    def positions(self, name: str, tokens: Sequence[Token]) -> list[int]:
        """Every place where a kind of word begins."""
        trie = self._flags[name]
        return [at for at, token in enumerate(tokens) if token.text in trie.firsts and trie.match(tokens, at)]


def _learn_group(trie: Trie[str], members: Mapping[str, Sequence[str]]) -> None:
    for member, names in members.items():
        for name in names:
            trie.add(words_of(name), member)
