"""Tells a number that counts (`3 of 5`, `2 tasks`, `one down`, `weeks 2 and 3`) from one that names a task."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span
from bot.understanding.tokens import Token

_NUMBERS = ("number", "week", "length")
_RANK_MARK = "第"
"""Makes the number behind it a rank in Chinese."""

_LIST_MARKS = frozenset(("comma", "symbol"))


def counting(sentence: Sentence) -> set[int]:
    """Where the numbers begin that name no task."""
    numbers = sentence.of_kind("number")
    found = {span.start for span in numbers if _counted(sentence.tokens, span, sentence.lexicon)}
    for left, right in zip(sentence.spans, sentence.spans[1:], strict=False):
        between = sentence.tokens[left.end : right.start]
        if left.kind in _NUMBERS and right.kind == "number" and _part_of(between, sentence.lexicon):
            found |= {left.start, right.start}
        if (left.kind == "week" or left.start in found) and right.kind == "number" and _listed(between, sentence):
            found.add(right.start)
    return found


def _counted(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether what is counted follows, as in `3 tasks` and `2 more`, unless the number is a rank or a task's own."""
    if span.start and lexicon.flag("numbered_things", tokens, span.start - 1):
        return True  # `chapter 3` of some book
    if span.end >= len(tokens) or (span.start and lexicon.flag("task_words", tokens, span.start - 1)):
        return False
    if span.start and lexicon.flag("all", tokens, span.start - 1):
        return False
    if span.start and tokens[span.start - 1].text == _RANK_MARK:
        return False
    ranked = lexicon.flag("ordinals", tokens, span.start) or not tokens[span.start].text.isascii()
    return not ranked and bool(lexicon.flag("counted_nouns", tokens, span.end))


def _part_of(between: Sequence[Token], lexicon: Lexicon) -> bool:
    """`of`, `out of` or `/` between two numbers: so many out of so many."""
    return bool(between) and lexicon.flag("out_of", between, 0) == len(between)


def _listed(between: Sequence[Token], sentence: Sentence) -> bool:
    if not between:
        return True
    if len(between) > 1:
        return False
    lexicon = sentence.lexicon
    return between[0].kind in _LIST_MARKS or bool(
        lexicon.flag("range", between, 0) or lexicon.flag("splitters", between, 0)
    )
