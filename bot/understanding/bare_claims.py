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
_LIST = "claim_words"


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
    mended = [
        token
        for at, token in enumerate(before)
        if token.kind == "word" and fold(token.raw) != token.text and not lexicon.flag("task_words", tokens, at)
    ]
    return bool(mended) and not any(fold(token.raw) in _ME for token in before)


def is_aside(sentence: Sentence) -> bool:
    """Whether a clause beside a claim says no more than how it went: `that was hard`."""
    named = sentence.of_kind("number", "week", "clock", "day")
    return not named and not sentence.has("negators") and not _unlisted(sentence)


def _unlisted(sentence: Sentence) -> list[Token]:
    named = {at for span in sentence.spans for at in range(span.start, span.end)}
    asked = {at + step for at in sentence.lexicon.positions("request", sentence.tokens) for step in range(2)}
    return [token for at, token in enumerate(sentence.tokens)
            if at not in named | asked and token.kind in _WORDS and not _listed(sentence, token)]  # fmt: skip


def _listed(sentence: Sentence, token: Token) -> bool:
    """English lists what claims are made of; other languages have their phrases, which are few and plain."""
    if sentence.language != "en":
        return sentence.common(token.text)
    return bool(sentence.lexicon.flag(_LIST, (token,), 0))


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
