"""Which tasks a sentence means: numbers, ranges, `all`, `all but 3`, or what the task is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.intent import Slot
from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span
from bot.understanding.topics import called

_MOST = 40
_BESIDE = 2
_NOT_ALL = frozenset(("after", "at", "not"))


def task_slots(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """The slots `tasks`, `all`, `except`, `week` and `words`, as far as they are said."""
    left_out = _left_out(sentence)
    everything = _says_all(sentence)
    tasks = list(dict.fromkeys(number for number in _numbers(sentence) if number not in left_out))
    slots: dict[str, Slot] = {}
    if everything:
        slots["all"] = True
        if left_out:
            slots["except"] = sorted(left_out)
    elif tasks:
        slots["tasks"] = tasks
    weeks = [int(span.value) for span in sentence.of_kind("week") if not isinstance(span.value, str)]
    if weeks:
        slots["week"] = weeks[0]
    if not slots and (words := called(sentence)):
        slots["words"] = words
    return slots


def _says_all(sentence: Sentence) -> bool:
    """`all` and its like, unless a subject follows: `all the pandas tasks` are not all tasks."""
    tokens = sentence.tokens
    places = [at for at in sentence.lexicon.positions("all", tokens) if not at or tokens[at - 1].text not in _NOT_ALL]
    return bool(places) and not sentence.of_kind("subject")


def _numbers(sentence: Sentence) -> Iterator[int]:
    spans = [span for span in sentence.of_kind("number") if _is_task(sentence, span)]
    for at, span in enumerate(spans):
        yield int(span.value)
        following = spans[at + 1] if at + 1 < len(spans) else None
        if following and _is_range(sentence, span, following):
            yield from range(int(span.value) + 1, int(following.value))


def _is_task(sentence: Sentence, span: Span) -> bool:
    """A whole number that is neither a percentage nor the size of `all 3`."""
    tokens = sentence.tokens
    value = float(span.value)
    if value != int(value) or not 0 < value <= _MOST:
        return False
    if span.end < len(tokens) and tokens[span.end].text in ("%", "percent", "+"):
        return False
    return not (span.start and sentence.lexicon.flag("all", tokens, span.start - 1))


def _is_range(sentence: Sentence, first: Span, second: Span) -> bool:
    between: Sequence[str] = [token.text for token in sentence.tokens[first.end : second.start]]
    if len(between) != 1 or float(second.value) <= float(first.value):
        return False
    return between[0] in ("-", "–", "—") or bool(sentence.lexicon.flag("range", sentence.tokens, first.end))


def _left_out(sentence: Sentence) -> set[int]:
    """Numbers after `not`, `but not` or `except`, up to the next word that takes tasks in again."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    out: set[int] = set()
    for at in lexicon.positions("except", tokens):
        end = at + lexicon.flag("except", tokens, at)
        limit = _next_finish(sentence, end)
        follows = [span for span in sentence.of_kind("number") if end <= span.start < limit]
        beside = bool(follows) and follows[0].start - end <= _BESIDE
        if beside and (limit == len(tokens) or _numbers_before(sentence, at)):
            out |= {int(span.value) for span in follows}
    return out | _denied(sentence)


def _denied(sentence: Sentence) -> set[int]:
    """Numbers that a negation follows once another was said to be done: `4 done, 5 not`."""
    numbers = sentence.of_kind("number")
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    behind = [span for span in numbers if any(numbers[0].end <= place < span.start for place in finished)]
    negators = set(sentence.lexicon.positions("negators", sentence.tokens))
    return {int(span.value) for span in behind if span.end in negators}


def _next_finish(sentence: Sentence, start: int) -> int:
    places = [at for at in sentence.lexicon.positions("finish", sentence.tokens) if at >= start]
    return min(places, default=len(sentence.tokens))


def _numbers_before(sentence: Sentence, at: int) -> bool:
    return any(span.start < at for span in sentence.of_kind("number")) or _says_all(sentence)
