"""Reads through slang and slips of the fingers: `wat shud i do nxt` is `what should i do next`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.understanding.tokens import Token, words_of

_DRAWN_OUT = re.compile(r"(.)\1+")
_ENDINGS = (("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)), ("ly", ("",)), ("er", ("", "e")))
_SHORTEST = 4
_LONG = 7
_LONGEST = 20


class Spelling:
    """Replaces slang by what it stands for, and an unknown word by the known one that is a slip away.

    `targets` begin with what people say most: of two words as near, the first is meant.
    """

    def __init__(self, slang: Mapping[str, str], known: Collection[str], targets: Iterable[str]) -> None:
        self._slang = {words_of(short)[0]: words_of(full) for short, full in slang.items() if len(words_of(short)) == 1}
        self._known = known
        self._by_initial: dict[str, list[str]] = {}
        for word in dict.fromkeys(targets):
            if word.isascii() and word.isalpha() and len(word) >= _SHORTEST - 1:
                self._by_initial.setdefault(word[0], []).append(word)
        self._nearest = lru_cache(maxsize=4096)(self._search)

    def mend(self, tokens: Sequence[Token], slang: bool = True) -> list[Token]:
        """The same tokens, as their writer meant them."""
        return [mended for token in tokens for mended in self._mend(token, slang)]

    def _mend(self, token: Token, slang: bool) -> Iterable[Token]:
        if token.kind != "word":
            return (token,)
        if slang and token.text in self._slang:
            return [Token(word, token.raw, "word") for word in self._slang[token.text]]
        if token.text in self._known or not _may_be_slip(token):
            return (token,)
        return (Token(self._nearest(token.text), token.raw, "word"),)

    def _search(self, word: str) -> str:
        plain = next((form for form in _plain_forms(word) if form in self._known), None)
        if plain or len(word) < _SHORTEST:
            return plain or word
        for slips in range(1, 3 if len(word) >= _LONG else 2):
            if found := extractOne(word, self._near(word, slips), scorer=OSA.distance, score_cutoff=slips):
                return str(found[0])
        return word

    def _near(self, word: str, slips: int) -> list[str]:
        """Known words as long, give or take a letter; two slips must have lost or added one."""
        alike = self._by_initial.get(word[0], ())
        return [known for known in alike if slips - 1 <= abs(len(known) - len(word)) <= slips]


def _plain_forms(word: str) -> Iterator[str]:
    """The word without drawn-out letters, or without the ending of its form: `sooon`, `catching`, `ticked`."""
    yield _DRAWN_OUT.sub(r"\1", word)
    for ending, others in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            stem = word[: -len(ending)]
            yield from (stem + other for other in others)
            if len(stem) > _SHORTEST - 1 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _may_be_slip(token: Token) -> bool:
    """Names (Sam, AWS) are not slips; neither are words too short or too long to tell."""
    text, raw = token.text, token.raw
    return _SHORTEST - 1 <= len(text) <= _LONGEST and text.isascii() and text.isalpha() and not raw[1:].isupper()
