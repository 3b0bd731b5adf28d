"""Which tasks a sentence means: numbers, ranges, `all`, `all but 3`, or what the task is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.intent import Slot
from bot.understanding.counts import counting
from bot.understanding.exceptions import excludes, left_out_of
from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span
from bot.understanding.tokens import Token
from bot.understanding.topics import called

_MOST = 40
_MEANT = frozenset(("meant", "mean", "meaning", "intended"))
_NOT_ALL = frozenset(("after", "at", "not"))


def task_slots(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """The slots `tasks`, `all`, `except`, `week` and `words`, as far as they are said."""
    left_out = left_out_of(sentence)
    tasks = list(dict.fromkeys(number for number in _numbers(sentence) if number not in left_out))
    everything = _says_all(sentence) and not (tasks and _all_of_named(sentence))
    slots: dict[str, Slot] = {}
    if everything or (left_out and not tasks and excludes(sentence, strictly=True)):
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
    excluded = excludes(sentence)
    named = [span for span in sentence.of_kind("subject") if not excluded or span.start < excluded[0]]
    return bool(places) and not named and not any(_of_people(tokens, at) for at in places)


def _all_of_named(sentence: Sentence) -> bool:
    """`2 is all done`, `1 and 3 are all done`, `all of 1 and 2`: wholly, and not every task there is."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished, numbers = lexicon.positions("finish", tokens), sentence.of_kind("number")
    starts, ends = {span.start for span in numbers}, {span.end for span in numbers}
    if excludes(sentence) or any(token.text == "but" for token in tokens):
        return False  # `all done but 3`
    if any(lexicon.flag("task_words", tokens, end) and tokens[end].text.endswith("s") for end in ends):
        return False  # `all my 5 tasks`
    return all(
        (at + 1 in finished or at in ends or (tokens[at + 1 : at + 2] and tokens[at + 1].text == "of"
                                              and starts & {at + 2, at + 3}))
        for at in lexicon.positions("all", tokens)
    )  # fmt: skip


def _of_people(tokens: Sequence[Token], at: int) -> bool:
    """`we all` and `they all` are people."""
    return at > 0 and tokens[at - 1].text in ("we", "they", "you", "us")


def undo_slots(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """The same for what is taken back: the numbers after the verb, up to a word on what was meant instead."""
    verbs = sentence.lexicon.actions.get("undo")
    places = [at for at in range(len(sentence.tokens)) if verbs and verbs.match(sentence.tokens, at)]
    meant = [at for at, token in enumerate(sentence.tokens) if token.text in _MEANT]
    if not places or not meant:
        return task_slots(sentence, now) or _opened(sentence)
    end = next((at for at in meant if at > places[-1]), len(sentence.tokens))
    return task_slots(sentence.part(places[-1], end), now) or task_slots(sentence, now)


def _opened(sentence: Sentence) -> dict[str, Slot]:
    """`set 3 back to open`: what is said to be open is what is meant."""
    tasks = [int(span.value) for span in sentence.of_kind("number") if _is_task(sentence, span)]
    return {"tasks": tasks} if tasks and sentence.has("open_words") and not sentence.has("negators") else {}


def _numbers(sentence: Sentence) -> Iterator[int]:
    counts = counting(sentence)
    spans = [span for span in sentence.of_kind("number") if _is_task(sentence, span) and span.start not in counts]
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
    if span.end < len(tokens) and tokens[span.end].text in ("%", "percent"):
        return False
    if _and_more(sentence, span):
        return False
    return not (span.start and sentence.lexicon.flag("all", tokens, span.start - 1))


def _and_more(sentence: Sentence, span: Span) -> bool:
    """`3+` is three or more; `3 + 4` are two tasks."""
    tokens, starts = sentence.tokens, {number.start for number in sentence.of_kind("number")}
    return span.end < len(tokens) and tokens[span.end].text == "+" and span.end + 1 not in starts


def _is_range(sentence: Sentence, first: Span, second: Span) -> bool:
    between: Sequence[str] = [token.text for token in sentence.tokens[first.end : second.start]]
    if len(between) != 1 or float(second.value) <= float(first.value):
        return False
    return between[0] in ("-", "–", "—") or bool(sentence.lexicon.flag("range", sentence.tokens, first.end))
