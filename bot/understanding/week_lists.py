"""Several weeks named at once: `weeks 2 through 4`, `week 1, 2 and 3`."""

from __future__ import annotations

from itertools import pairwise

from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span

_DASHES = frozenset(("-", "–", "—"))
_MOST = 60


def weeks_in(sentence: Sentence) -> list[int]:
    """Every week that is named, those between the ends of a range among them."""
    found: list[int] = []
    for left, right in pairwise([*sentence.of_kind("week", "number"), None]):
        if left is None or not _is_week(left, found):
            continue
        first = int(left.value)
        last = int(right.value) if right and _ranges(sentence, left, right) else first
        found += [week for week in range(first, min(last, _MOST) + 1) if week not in found]
    return found


def _is_week(span: Span, found: list[int]) -> bool:
    """A week by its number, or a bare number once a week was named."""
    whole = not isinstance(span.value, str) and float(span.value).is_integer()
    return whole and (span.kind == "week" or bool(found))


def _ranges(sentence: Sentence, left: Span, right: Span) -> bool:
    between = sentence.tokens[left.end : right.start]
    if len(between) != 1 or isinstance(right.value, str) or float(right.value) <= float(left.value):
        return False
    return between[0].text in _DASHES or bool(sentence.lexicon.flag("range", between, 0))
