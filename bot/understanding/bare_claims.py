"""Whether a claim holds nothing but a learner, a word of finishing and tasks: only such a one is acted on at once.

What else may be meant by a number beside `done` has no end (a dog, an epoch, a boast, a doubt). So the words of a bare
claim are listed, and not those of all others.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.folding import fold
from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span
from bot.understanding.tokens import Token

_NAMED = frozenset(("number", "week", "subject"))
_ME = frozenset(("i", "ive", "im", "we", "weve", "me", "my"))
_WORDS = ("word", "file", "zone", "han")
_ADVERBS = frozenset(("just", "have", "finally", "already"))
_LIST = "claim_words"
_SHORT = 4
_LEAST = 3


def is_bare(sentence: Sentence) -> bool:
    """Whether every word of a claim with numbers is one that such claims are made of."""
    if any(span.kind not in _NAMED or span.value in ("+1", "-1") for span in sentence.spans):
        return False
    if any(not _of_task(sentence, span) for span in sentence.of_kind("subject")):
        return False
    return not (_unlisted(sentence) or _read_into(sentence))


def _read_into(sentence: Sentence) -> bool:
    """Whether a word that was mended stands where a name may: `Nina finished 3` is no `nine`, `Ben` no `been`."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    before = tokens[: finished[0]] if finished else ()
    words = (token for at, token in enumerate(before) if not lexicon.flag("task_words", tokens, at))
    mended = [token for token in words if token.kind == "word" and _may_be_name(token)]
    return bool(mended) and not any(fold(token.raw) in _ME for token in before)


def _may_be_name(token: Token) -> bool:
    """A word that was read as another, short or with a capital: longer slips are seldom names."""
    typed = fold(token.raw)
    likely = token.raw[:1].isupper() or len(token.text) <= _SHORT
    return typed != token.text and likely and len(typed) >= _LEAST and token.text not in _ADVERBS


def is_aside(sentence: Sentence) -> bool:
    """Whether a clause beside a claim says no more than how it went: `that was hard`."""
    named = sentence.of_kind("number", "week", "clock", "day")
    return not named and not sentence.has("negators") and not _unlisted(sentence)


def _unlisted(sentence: Sentence) -> list[Token]:
    named = {at for span in sentence.spans for at in range(span.start, span.end)}
    ours = _own_words if sentence.language == "en" else _well_placed
    asked = {at + step for at in sentence.lexicon.positions("request", sentence.tokens) for step in range(2)}
    return [token for at, token in enumerate(sentence.tokens)
            if at not in named | asked and token.kind in _WORDS and not ours(sentence, at)]  # fmt: skip


def _own_words(sentence: Sentence, at: int) -> bool:
    """Whether a word is among those that English claims are made of, as `3's done` and `all of them` are."""
    before = [token.text for token in sentence.tokens[max(at - 2, 0) : at]]
    word = sentence.tokens[at].text
    if (word == "them" and before == ["all", "of"]) or (word == "s" and sentence.tokens[at - 1].kind == "number"):
        return True
    return bool(sentence.lexicon.flag(_LIST, sentence.tokens[at : at + 1], 0))


def _well_placed(sentence: Sentence, at: int) -> bool:
    """Other languages list no such words: one that is unusual there may stand neither first nor beside a number."""
    if sentence.common(sentence.tokens[at].text):
        return True
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    beside = any(at in (span.start - 1, span.end) for span in sentence.of_kind("number"))
    return bool(finished) and at > finished[0] and not beside


def _of_task(sentence: Sentence, span: Span) -> bool:
    """Whether a word of the subject tells what a task is about, and is not itself what is done: `pod 2 is done`."""
    numbers = sentence.of_kind("number")
    if any(_touches(sentence.tokens, span, number) for number in numbers):
        return False
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    led = any(token.text in _ME for token in sentence.tokens[: span.start])
    return led or not finished or finished[0] < span.start


def _touches(tokens: Sequence[Token], span: Span, number: Span) -> bool:
    """Side by side, unless the word comes after: `task 2 python` is a task, and so is `2, python`."""
    between = tokens[min(span.end, number.end) : max(span.start, number.start)]
    return len(between) == 0
