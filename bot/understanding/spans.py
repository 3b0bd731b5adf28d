"""Finds what is named in a sentence: tasks' numbers, weeks, times, places, roadmaps, words of the subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.clocks import clock_at
from bot.understanding.lexicon import Lexicon, Trie
from bot.understanding.numbers import is_ordinal, number_at
from bot.understanding.places import Places
from bot.understanding.spans_of_time import length_at
from bot.understanding.tokens import Token, words_of

_CODE = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{4,12}")
_WEEKS = 60
_REACH = 3
_RANKED = frozenset(("one", "two", "three", "thing", "and"))
Found = tuple[str | int | float, int] | None
Finder = Callable[[Sequence[Token], int], Found]


@dataclass(frozen=True, slots=True)
class Span:
    """Something named: its kind, what it stands for, and the tokens it covers."""

    kind: str
    value: str | int | float
    start: int
    end: int


class Scanner:
    """Reads the spans of a sentence from left to right; what is found first keeps its tokens."""

    def __init__(self, subject: Iterable[str], places: Places, roadmaps: Mapping[str, Sequence[str]]) -> None:
        self.places = places
        self._subject: Trie[bool] = Trie((words_of(term), True) for term in subject)
        self._roadmaps: Trie[str] = Trie((words_of(n), roadmap) for roadmap, names in roadmaps.items() for n in names)

        self._names = self._subject.firsts.keys() | self._roadmaps.firsts.keys() | places.firsts()

    def scan(self, tokens: Sequence[Token], lexicon: Lexicon, extra: Trie[str] | None = None) -> list[Span]:
        """All spans of a sentence in order. `extra` knows the roadmaps of the moment."""
        finders = self._finders(lexicon, extra)
        openers = (lexicon.openers, self._names, extra.firsts if extra else ())
        spans: list[Span] = []
        at = 0
        while at < len(tokens):
            opens = not _is_plain(tokens[at]) or any(tokens[at].text in words for words in openers)
            span = _first(finders, tokens, at) if opens else None
            if span:
                spans.append(span)
            at = span.end if span else at + 1
        return spans

    def is_subject(self, word: str) -> bool:
        """Whether a single word belongs to the subject."""
        return word in self._subject

    def _finders(self, lexicon: Lexicon, extra: Trie[str] | None) -> list[tuple[str, Finder]]:
        own = extra or self._roadmaps
        return [
            ("url", _url),
            ("date", _date),
            ("roadmap", lambda tokens, at: own.match(tokens, at) or self._roadmaps.match(tokens, at)),
            ("day", lambda tokens, at: lexicon.group("days", tokens, at)),
            ("week", lambda tokens, at: week_at(tokens, at, lexicon)),
            ("clock", lambda tokens, at: clock_at(tokens, at, lexicon)),
            ("length", lambda tokens, at: length_at(tokens, at, lexicon)),
            ("subject", self._subject.match),
            ("place", lambda tokens, at: self.places.at(tokens, at, lexicon)),
            ("code", _code),
            ("number", lambda tokens, at: _count(tokens, at, lexicon)),
        ]


def _is_plain(token: Token) -> bool:
    """A word of letters alone, which is found in lists or not at all."""
    return token.kind == "word" and token.raw.isalpha() and token.text.isalpha()


def _first(finders: Iterable[tuple[str, Finder]], tokens: Sequence[Token], at: int) -> Span | None:
    if tokens[at].is_break:
        return None
    for kind, find in finders:
        if found := find(tokens, at):
            return Span(kind, found[0], at, at + found[1])
    return None


def week_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Found:
    """`week 12`, `the 12th week`, `第5周`, and the weeks beside this one: `+1`, `-1`."""
    for name, value in (("next_week", "+1"), ("last_week", "-1")):
        if count := lexicon.flag(name, tokens, at):
            return value, count
    if count := lexicon.flag("week_words", tokens, at):
        return _number_after(tokens, at, count, lexicon)
    if tokens[at].text == "第" and at + 1 < len(tokens):
        at_number, lead = at + 1, 1
    elif is_ordinal(tokens, at, lexicon):
        at_number, lead = at, 0
    else:
        return None
    number = number_at(tokens, at_number, lexicon)
    end = at_number + number[1] if number else at
    week = lexicon.flag("week_words", tokens, end) if number and end < len(tokens) else 0
    return (int(number[0]), lead + number[1] + week) if number and week else None


def _number_after(tokens: Sequence[Token], at: int, count: int, lexicon: Lexicon) -> Found:
    for place in range(at + count, min(at + count + _REACH, len(tokens))):
        number = number_at(tokens, place, lexicon)
        if number and not lexicon.flag("single", tokens, place) and 0 < number[0] <= _WEEKS:
            after = place + number[1]
            return int(number[0]), after - at
        if number and number[0] == 1 and tokens[place].text == "one":
            return 1, place + number[1] - at
        if tokens[place].text not in ("ke", "no", "number", "nr", "num", "#", "numero", "."):
            return None
    return None


def _url(tokens: Sequence[Token], at: int) -> Found:
    return (tokens[at].raw.rstrip(".,;:!?)\"'"), 1) if tokens[at].kind == "url" else None


def _date(tokens: Sequence[Token], at: int) -> Found:
    return (tokens[at].text, 1) if tokens[at].kind == "date" else None


def _code(tokens: Sequence[Token], at: int) -> Found:
    if _CODE.fullmatch(tokens[at].raw):
        return tokens[at].raw, 1
    return None


def _count(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Found:
    after_task = bool(at and lexicon.flag("task_words", tokens, at - 1))
    if lexicon.flag("single", tokens, at) and not after_task:
        return None
    if lexicon.flag("ordinals", tokens, at) and not (after_task or _ranks(tokens, at, lexicon)):
        return None
    return number_at(tokens, at, lexicon)


def _ranks(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a rank stands before what it ranks (`the first one`), unlike `what do i do first`."""
    after = at + 1
    if at and tokens[at - 1].text in ("the", "and", "la", "le", "el", "die", "a"):
        return True
    return after < len(tokens) and (tokens[after].text in _RANKED or bool(lexicon.flag("task_words", tokens, after)))
