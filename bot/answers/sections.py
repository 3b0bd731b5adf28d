"""Which part of a note answers: the kind of question names some, the words of the question decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.ranking import Evidence
from bot.domain.topic import SectionKey, Topic, WrongCase

WANTED = (0.3, 0.18, 0.1, 0.05)
"""What the first, second … section that suits a kind of question has in advance."""

_LOOKED_AT = (SectionKey.WHY, SectionKey.IDEA, SectionKey.EXAMPLE, SectionKey.WRONG, SectionKey.CHOOSING)


def ordered_sections(topic: Topic, evidence: Evidence, wanted: Sequence[str]) -> list[SectionKey]:
    """The sections that may answer, best first."""
    scores = {key: _score(str(key), evidence, wanted) for key in _LOOKED_AT}
    return sorted(scores, key=lambda key: -scores[key])


def _score(key: str, evidence: Evidence, wanted: Sequence[str]) -> float:
    parts = {part: score for part, score in evidence.passages.items() if part.split()[0] == key}
    ask = evidence.sections.get(key, 0.0)
    advance = WANTED[wanted.index(key)] if key in wanted else 0.0
    return max(parts.values(), default=0.0) + 0.5 * ask + 0.8 * ask**3 + advance


def best_case(topic: Topic, evidence: Evidence) -> tuple[WrongCase, float] | None:
    """The case of what goes wrong that fits best, and how well; None when none fits at all."""
    cases = topic.section(SectionKey.WRONG).cases
    scores: Mapping[int, float] = {n: evidence.passages.get(f"{SectionKey.WRONG} {n}", 0.0) for n in range(len(cases))}
    best = max(scores, key=lambda n: scores[n], default=None)
    return (cases[best], scores[best]) if best is not None and scores[best] > 0 else None
