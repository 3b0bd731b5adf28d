"""What a line leaves out: `all but 3`, `1 and 2, not 3`, `did 2, didn't do 3`, `but 4 is still open`."""

from __future__ import annotations

from bot.understanding.marks import denied_by_marks
from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span

_BESIDE = 2
_ABOUT = 4
_BUT = frozenset(("but",))


def excludes(sentence: Sentence, *, strictly: bool = False) -> list[int]:
    """Where exceptions begin: after `except` and its like, and after a `but` that follows `all`, or `all done`.

    Strictly, a mere `not` is none: it may deny instead.
    """
    tokens, lexicon = sentence.tokens, sentence.lexicon
    ends = {at + lexicon.flag("all", tokens, at) for at in lexicon.positions("all", tokens)}
    if ends and (told := [place + 1 for place in lexicon.positions("finish", tokens) if place >= min(ends)]):
        ends |= {end for end in told if end + 1 in {span.start for span in sentence.of_kind("number")}}
    found = [at for at in range(len(tokens))
             if lexicon.flag("except", tokens, at) or (tokens[at].text in _BUT and at in ends)]  # fmt: skip
    return [at for at in found if not (strictly and lexicon.flag("negators", tokens, at))]


def left_out_of(sentence: Sentence) -> set[int]:
    """The numbers of the tasks that a line says are not meant."""
    open_ = _denied(sentence) | _still_open(sentence) | _denied_first(sentence)
    return _excepted(sentence) | open_ | denied_by_marks(sentence)


def second_thoughts(sentence: Sentence) -> list[int]:
    """Where a negation begins that speaks of another task than the one said to be done before: `did 2, didn't do 3`."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished, numbers = lexicon.positions("finish", tokens), sentence.of_kind("number")
    return [at for at in lexicon.positions("negators", tokens)
            if any(span.end <= at for span in numbers) and any(place < at for place in finished)
            and any(at < span.start <= at + _ABOUT for span in numbers) and _parted(sentence, at)]  # fmt: skip


def turn(sentence: Sentence) -> int | None:
    """Where a `but` turns from tasks that are denied to one that is done: `not done 3 but 2 is done`."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    at = next((place for place, token in enumerate(tokens) if token.text in _BUT), None)
    if at is None:
        return None
    before, after = sentence.part(0, at), sentence.part(at + 1, len(tokens))
    denied = before.has("negators") and bool(before.of_kind("number"))
    told = after.has("finish") and bool(after.of_kind("number")) and not after.has("negators")
    return at if denied and told and not lexicon.flag("all", tokens, at - 1) else None


def _denied_first(sentence: Sentence) -> set[int]:
    at = turn(sentence)
    return set() if at is None else {int(span.value) for span in sentence.of_kind("number") if span.end <= at}


def _excepted(sentence: Sentence) -> set[int]:
    """Numbers after `not`, `but not` or `except`, up to the next word that takes tasks in again."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    out: set[int] = set()
    for at in excludes(sentence):
        end = at + max(lexicon.flag("except", tokens, at), 1)
        limit = _next_finish(sentence, end)
        follows = [span for span in sentence.of_kind("number") if end <= span.start < limit]
        beside = bool(follows) and follows[0].start - end <= _BESIDE
        strong = tokens[at].text in _BUT or not lexicon.flag("negators", tokens, at)
        if beside and (limit == len(tokens) or strong or _numbers_before(sentence, at)):
            out |= {int(span.value) for span in follows}
    return out


def _denied(sentence: Sentence) -> set[int]:
    """Numbers that a negation follows, or leads, once another was said to be done: `4 done, 5 not`."""
    numbers = sentence.of_kind("number")
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    behind = [span for span in numbers if any(numbers[0].end <= place < span.start for place in finished)]
    negators = set(sentence.lexicon.positions("negators", sentence.tokens))
    led = {int(span.value) for at in second_thoughts(sentence) for span in numbers if span.start > at}
    return led | {int(span.value) for span in behind if span.end in negators}


def _still_open(sentence: Sentence) -> set[int]:
    """Numbers of which it is said that they are open."""
    opens = sentence.lexicon.positions("open_words", sentence.tokens)
    begun = set(sentence.lexicon.positions("begun", sentence.tokens))
    return {int(span.value) for span in sentence.of_kind("number")
            if _said_of(sentence, span, opens) or span.start - 1 in begun}  # fmt: skip


def _said_of(sentence: Sentence, span: Span, opens: list[int]) -> bool:
    if span.end >= len(sentence.tokens) or sentence.tokens[span.end].text not in ("is", "are", "still", "isnt", "open"):
        return False
    return any(span.end <= at <= span.end + _BESIDE for at in opens)


def _parted(sentence: Sentence, at: int) -> bool:
    """Whether a comma or an `and` stands between the last number before a place and that place."""
    before = max(span.end for span in sentence.of_kind("number") if span.end <= at)
    between = range(before, at)
    return any(
        sentence.tokens[place].is_break or sentence.lexicon.flag("splitters", sentence.tokens, place)
        for place in between
    )


def _next_finish(sentence: Sentence, start: int) -> int:
    places = [at for at in sentence.lexicon.positions("finish", sentence.tokens) if at >= start]
    return min(places, default=len(sentence.tokens))


def _numbers_before(sentence: Sentence, at: int) -> bool:
    return any(span.start < at for span in sentence.of_kind("number")) or sentence.has("all")
