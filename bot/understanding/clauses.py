"""Cuts a sentence where one wish may end and another begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.understanding.sentence import Sentence

_MOST = 6
Cut = tuple[int, int]


def clauses_of(sentence: Sentence) -> list[Cut]:
    """The stretches of tokens between punctuation and words such as `and` or `then`."""
    cuts = [cut for cut in _stretches(sentence) if cut[0] < cut[1]]
    while len(cuts) > _MOST:
        shortest = min(range(len(cuts) - 1), key=lambda at: cuts[at + 1][1] - cuts[at][0])
        cuts[shortest : shortest + 2] = [(cuts[shortest][0], cuts[shortest + 1][1])]
    return cuts


def groupings(count: int) -> Iterator[list[Cut]]:
    """Every way to join neighbours among `count` clauses, as stretches of clause numbers."""
    for pattern in range(1 << max(count - 1, 0)):
        ends = [at + 1 for at in range(count - 1) if pattern >> at & 1] + [count]
        yield list(zip([0, *ends[:-1]], ends, strict=True))


def _stretches(sentence: Sentence) -> Iterator[Cut]:
    start = 0
    taken = _inside_spans(sentence)
    for at in range(len(sentence.tokens)):
        width = _joint(sentence, at) if at not in taken else 0
        if width and at > start:
            yield start, at
            start = at + width
        elif at > start and at not in taken and _opens(sentence, start, at):
            yield start, at
            start = at
    yield start, len(sentence.tokens)


def _opens(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a new wish may begin without any mark, as in `done 2 what now`: only after something named."""
    named = any(start <= span.start and span.end == at for span in sentence.spans)
    finished = bool(sentence.lexicon.flag("finish", sentence.tokens, at - 1))
    return (named or finished) and bool(sentence.lexicon.flag("openers", sentence.tokens, at))


def _inside_spans(sentence: Sentence) -> set[int]:
    return {at for span in sentence.spans for at in range(span.start, span.end)}


def _joint(sentence: Sentence, at: int) -> int:
    """How many tokens part two clauses here; none between the numbers of a list."""
    tokens = sentence.tokens
    if tokens[at].kind == "stop":
        return 1
    width = 1 if tokens[at].kind == "comma" else sentence.lexicon.flag("splitters", tokens, at)
    return 0 if width and _within_list(sentence, at, at + width) else width


def _within_list(sentence: Sentence, before: int, after: int) -> bool:
    ends = {span.end: span for span in sentence.spans}
    starts = {span.start: span for span in sentence.spans}
    left, right = ends.get(before), starts.get(after)
    if left is None and right is not None and right.kind == "number":
        left = ends.get(before - 1) if before and sentence.tokens[before - 1].kind == "comma" else None
    return bool(left and right and (left.kind == right.kind or (left.kind, right.kind) == ("week", "number")))


def joined(cuts: Sequence[Cut], group: Cut) -> Cut:
    """The tokens from the first to the last clause of a group."""
    return cuts[group[0]][0], cuts[group[1] - 1][1]
