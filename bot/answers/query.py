"""A question as it is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.lexicon import Lexicon
from bot.answers.spelling import Spelling
from bot.answers.tokens import folded, stem, words

MAX_TERMS = 60
GUESSED = 0.7
"""What a corrected word is worth beside one that was spelled right."""


@dataclass(frozen=True, slots=True)
class Query:
    """`terms` speak of the subject, each with a weight; `said` are all that was said; `kind` is what is wanted.
    `covered` are the stems whose meaning is known, `joined` those of them that mean it together; `leans` says that the
    question goes on with the one before."""

    text: str
    stems: Sequence[str]
    terms: Mapping[str, float]
    said: frozenset[str]
    kind: str
    covered: frozenset[str]
    joined: frozenset[str]
    leans: bool = False


def make_query(text: str, lexicon: Lexicon, spelling: Spelling) -> Query:
    """The question's terms, with words that were misspelt read as the ones that were meant."""
    found = [stem(word) for word in words(text)][:MAX_TERMS]
    meant = [spelling.meant(s) if s not in lexicon.empty else s for s in found]
    guessed = {new for old, new in zip(found, meant, strict=True) if old != new}
    meanings = list(lexicon.meanings(meant))
    terms = dict.fromkeys([s for s in meant if s not in lexicon.empty] + meanings, 1.0)
    terms |= {s: GUESSED for s in guessed if s in terms}
    plain = folded(text).lower()
    covered, joined = (frozenset(meant[at] for at in places) for places in lexicon.covered(meant))
    return Query(plain, meant, terms, frozenset([*meant, *meanings]), lexicon.kind(plain), covered, joined)
