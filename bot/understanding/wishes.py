"""Finds the wishes in a sentence: the split into clauses, and the reading of each, that fit best together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from bot.understanding.clauses import Cut, clauses_of, groupings, joined
from bot.understanding.features import features_of
from bot.understanding.model import Model
from bot.understanding.phrases import HOLD, SEVERAL
from bot.understanding.sentence import Sentence, SentenceMaker

_COSTS = {"stop": 0.05, "comma": 0.15, "word": 0.3}
_FLOOR = 1e-6
_BONUS = 0.6
_CLEAR = 0.75
_NO_WISH = frozenset(("ask", "smalltalk", "greet", "thanks", "help", HOLD))


@dataclass(frozen=True, slots=True)
class Wish:
    """One stretch of a sentence with the intent it most likely means, and how many of its words are known.

    `own` is one that organisers taught in their own words.
    """

    likely: str
    chance: float
    sentence: Sentence
    chances: Mapping[str, float]
    familiar: float = 1.0
    unknown: bool = False
    own: bool = False


class WishFinder:
    """Reads a sentence in every split of its clauses and keeps the likeliest."""

    def __init__(self, model: Model, maker: SentenceMaker) -> None:
        self._model = model
        self._known = maker.known

    def find(self, sentence: Sentence) -> list[Wish]:
        """The wishes of the best split, in the order they were said."""
        cuts = clauses_of(sentence)
        seen: dict[Cut, Wish] = {}
        best: list[Wish] = []
        best_score = float("-inf")
        for groups in groupings(len(cuts)):
            wishes = [self._wish(sentence, cuts, group, seen) for group in groups]
            score = sum(log(max(wish.chance, _FLOOR)) for wish in wishes) - _cost(sentence, cuts, groups)
            score += _BONUS if _clearly_several(wishes) else 0.0
            if score > best_score:
                best, best_score = wishes, score
        return [_alone(best[0])] if len(best) == 1 else best

    def _wish(self, sentence: Sentence, cuts: Sequence[Cut], group: Cut, seen: dict[Cut, Wish]) -> Wish:
        if group not in seen:
            start, end = joined(cuts, group)
            asked = end < len(sentence.tokens) and "?" in sentence.tokens[end].text
            seen[group] = self._classify(sentence.part(start, end + asked))
        return seen[group]

    def _classify(self, part: Sentence) -> Wish:
        rows = features_of(part.tokens, part.spans, self._known, part.lexicon)
        chances = {name: chance for name, chance in self._model.probabilities(rows).items() if name != SEVERAL}
        likely = next(iter(chances))
        strange = self._strange(part)
        words = sum(token.kind == "word" for token in part.tokens)
        familiar = 1 - strange / words if words and not part.spans else 1.0
        return Wish(likely, chances[likely], part, chances, familiar, strange > 0)

    def _strange(self, part: Sentence) -> int:
        """How many words are neither known nor part of something named."""
        named = {at for span in part.spans for at in range(span.start, span.end)}
        words = (token for at, token in enumerate(part.tokens) if at not in named and token.kind == "word")
        return sum(token.text not in self._known for token in words)


def _alone(wish: Wish) -> Wish:
    """A wish that no split beat: what spoke for several speaks for none of the others now."""
    total = sum(wish.chances.values()) or 1.0
    return replace(wish, chance=wish.chance / total)


def _clearly_several(wishes: Sequence[Wish]) -> bool:
    """Whether each part is clear alone and wants something else: the whole then seldom means one of them."""
    wanted = [wish.likely for wish in wishes if wish.likely not in _NO_WISH]
    clear = all(wish.chance >= _CLEAR for wish in wishes)
    return clear and len(wanted) > 1 and len(set(wanted)) == len(wanted)


def _cost(sentence: Sentence, cuts: Sequence[Cut], groups: Sequence[Cut]) -> float:
    """How much speaks against parting a sentence at these joints: little at a full stop, more at an `and`."""
    joints = (sentence.tokens[cuts[end - 1][1]].kind for _, end in groups[:-1])
    return sum(_COSTS.get(kind, _COSTS["word"]) for kind in joints)
