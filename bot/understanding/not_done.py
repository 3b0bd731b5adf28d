"""Words that sound like something finished and are not: not yet, in part, in a dream, or by somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.exceptions import second_thoughts, turn
from bot.understanding.sentence import Sentence

NEAR = 4
"""Words; a sign further away speaks of something else."""
ME = frozenset(("i", "ive", "im", "we", "weve", "me"))
_SIGNS_A_WORD = 2
_FRACTIONS = frozenset(("thirds", "quarters", "fifths", "tenths"))
_MARKING = frozenset(("mark", "tick", "check", "set", "cross", "put", "count", "see", "know"))


def is_not_done(sentence: Sentence) -> bool:
    """Whether a line with the word for done says that it is not, not all of it, or not by whoever says so."""
    return _partly(sentence) or _unfinished(sentence) or _unreal(sentence) or _others(sentence)


def _unfinished(sentence: Sentence) -> bool:
    """A negation before the word that says it is done, or before everything that could be."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    numbers = [span.start for span in sentence.of_kind("number")]
    turned = turn(sentence) or 0
    apart = [*second_thoughts(sentence), *(at for at in lexicon.positions("negators", tokens) if at < turned)]
    for at in lexicon.positions("negators", tokens):
        if at in apart or _only_leaves_out(sentence, at, numbers, finished):
            continue
        if any(at < place <= at + NEAR for place in finished):
            return True
        if not any(place < at for place in (*finished, *numbers)):
            return True
        if not any(place > at for place in numbers) and finished and at > finished[0] and not sentence.has("all"):
            return bool(numbers and tokens[at].text not in ("without", "no", "sin", "ohne"))
    return False


def _only_leaves_out(sentence: Sentence, at: int, numbers: Sequence[int], finished: Sequence[int]) -> bool:
    """`task no 3 done` numbers it, and `4 done, 5 not` speaks of another one."""
    if sentence.tokens[at].text == "no" and at + 1 in numbers:
        return True
    ends_it = at + 1 == len(sentence.tokens)
    return ends_it and at - 1 in numbers and any(numbers[0] < place < at - 1 for place in finished)


def _partly(sentence: Sentence) -> bool:
    """`50% of it`, said before the word that says it is done, and `two thirds through 3`."""
    if any(token.raw.lower() in _FRACTIONS for token in sentence.tokens):
        return True
    numbers = {span.start: float(span.value) for span in sentence.of_kind("number")}
    return any(token.text == "%" and numbers.get(at - 1, 100.0) < 100.0 for at, token in enumerate(sentence.tokens))


def _unreal(sentence: Sentence) -> bool:
    """`when I finish`, `I will do`, `almost done`: not yet so."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    near = NEAR * (_SIGNS_A_WORD if sentence.language == "zh" else 1)
    for at in lexicon.positions("unreal", tokens):
        after = [place for place in finished if at < place <= at + near]
        if after and tokens[after[0]].text not in _MARKING:
            return True
    return False


def _others(sentence: Sentence) -> bool:
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    first = finished[0] if finished else len(tokens)
    mine = any(token.text in ME for token in tokens[:first])
    return not mine and any(at < first for at in lexicon.positions("others", tokens))
