"""Whether a line says outright what the learner did or wants: only that is acted on without asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.understanding.bare_claims import is_bare
from bot.understanding.counts import counting
from bot.understanding.exceptions import excludes
from bot.understanding.marks import marked_otherwise
from bot.understanding.recounted import is_guessed, is_timed
from bot.understanding.sentence import Sentence
from bot.understanding.things_done import ends_by_itself
from bot.understanding.tokens import Token
from bot.understanding.told import has_signs, is_a_sum

_FIRST_PERSON = frozenset(("i", "ive", "im", "me", "my"))
_STATES_THE_TIME = (("time", "is"), ("it", "is"), ("its",))
_OWN_WAY = frozenset(("me", "myself", "now", "hand", "far", "the", "accident", "midnight", "noon", "today"))
_FILLERS = frozenset(("actually", "hmm", "er", "um", "basically", "okay"))
"""Words that say nothing, in front of whatever is wished."""

_TAIL = 4


def foreign_words(intent: str, sentence: Sentence) -> list[int]:
    """Places of words in which this wish is not said. A reason given for it may hold any words."""
    talk = sentence.talk.get(intent)
    if talk is None:
        return []
    named = {at for span in sentence.spans for at in range(span.start, span.end)}
    reasons = sentence.lexicon.positions("reasons", sentence.tokens)
    end = next((at for at in reasons if at), len(sentence.tokens))
    spoken = enumerate(sentence.tokens[:end])
    return [
        at
        for at, token in spoken
        if at not in named
        and _is_word(token)
        and token.text not in talk
        and token.text not in _FILLERS
        and not _foreign_talk(sentence, token)
    ]


def _foreign_talk(sentence: Sentence, token: Token) -> bool:
    """Other languages than English have few phrases here: any word by which people speak of tasks is usual there."""
    return sentence.language != "en" and sentence.common(token.text)


def doubtful_claim(sentence: Sentence, slots: Mapping[str, object]) -> bool:
    """Whether a line that sounds like `done` may tell of something else: a count, another one's deed, a tale."""
    if _miscounted(sentence) or (sentence.has("open_words") and sentence.has("all")):
        return True
    if _only_spares(sentence, slots):
        return True
    if (
        _put_off(sentence)
        or sentence.has("tall_tales")
        or sentence.has("doubts")
        or is_guessed(sentence)
        or is_timed(sentence)
        or _others_anywhere(sentence)
        or _done_by_another(sentence)
    ):
        return True
    if slots.keys() & {"tasks", "all"}:
        return not is_bare(sentence)
    if "words" not in slots:
        return bool(foreign_words("done", sentence)) or (not slots and not is_bare(sentence))
    return ends_by_itself(sentence) or _strange_subject(sentence, foreign_words("done", sentence))


def _only_spares(sentence: Sentence, slots: Mapping[str, object]) -> bool:
    """`all but the api`: what is left out has no number; `skip 2 and 3`: the rest is not said to be done."""
    if "except" in slots:
        return not (sentence.has("all") or sentence.has("finish"))
    return bool(slots.get("all")) and bool(excludes(sentence, strictly=True))


def _miscounted(sentence: Sentence) -> bool:
    """Whether the numbers may be no tasks that are done: `3 of 5`, `2 no 3`, `2+2`, `2 ❌`."""
    if is_a_sum(sentence) or has_signs(sentence):
        return True
    return bool(counting(sentence)) or _renumbered(sentence) or marked_otherwise(sentence)


def _put_off(sentence: Sentence) -> bool:
    """`tomorrow i do 3`: what another day is named for is not done."""
    return sentence.has("tomorrow") or sentence.has("day_after")


def undercut(sentence: Sentence) -> bool:
    """Whether words such as `jk`, `or is it` or `he said` stand by, or the line ends on a bare `no`."""
    if sentence.has("retractions") or sentence.has("or_tags") or _due_first(sentence):
        return True
    return _says_another(sentence) or _ends_on("nopes", sentence)


def taken_back(sentence: Sentence) -> bool:
    """Whether a wish is a joke, or given up in the same breath: `pause for two weeks... nah`."""
    return sentence.has("jokes") or _ends_on("nahs", sentence)


def _due_first(sentence: Sentence) -> bool:
    """`give me till friday and 3 is done`: a term stands before the claim."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    times = {span.start for span in sentence.of_kind("day", "clock", "week")} | {*lexicon.positions("tomorrow", tokens)}
    ends = (at + lexicon.flag("until", tokens, at) for at in lexicon.positions("until", tokens))
    return any(finished and end <= finished[-1] and end in times for end in ends)


def _says_another(sentence: Sentence) -> bool:
    places = sentence.lexicon.positions("quoting", sentence.tokens)
    return any(not at or sentence.tokens[at - 1].text not in _FIRST_PERSON for at in places)


def _ends_on(kind: str, sentence: Sentence) -> bool:
    """A `no` or its like at the end, unless it denies a number of its own: `1 done, 2 not`."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    places = [at for at, token in enumerate(tokens) if not token.is_break and token.kind != "picture"][-_TAIL:]
    ends = {span.end for span in sentence.of_kind("number")}
    return any(at > 0 and at not in ends and at + lexicon.flag(kind, tokens, at) == places[-1] + 1 for at in places)


def states_the_time(sentence: Sentence) -> bool:
    """`it is 5 pm`: a clock is read out, nothing is wished."""
    texts = tuple(token.text for token in sentence.tokens)
    clocks = {span.start for span in sentence.of_kind("clock")}
    return any(
        texts[at - len(lead) : at] == lead for at in clocks for lead in _STATES_THE_TIME if at >= len(lead)
    )  # fmt: skip


def _others_anywhere(sentence: Sentence) -> bool:
    others = sentence.lexicon.positions("others", sentence.tokens)
    return any(not _is_company(sentence.tokens, at) for at in others)


def _is_company(tokens: Sequence[Token], at: int) -> bool:
    """`with my friend` tells who was there, and `i` who did it."""
    return any(token.text in _FIRST_PERSON - {"my"} for token in tokens[:at])


def _renumbered(sentence: Sentence) -> bool:
    """`finished 2 no 3`: the second number may stand for the first."""
    tokens, numbers = sentence.tokens, sentence.of_kind("number")
    return any(
        tokens[right.start - 1].text == "no" and right.start - 1 == left.end for left, right in pairwise(numbers)
    )


def _done_by_another(sentence: Sentence) -> bool:
    """`done by my dog`, but not `done by myself` or `by now`."""
    tokens = sentence.tokens
    finished = sentence.lexicon.positions("finish", tokens)
    return bool(finished) and any(
        token.text == "by" and finished[0] < at and after.kind == "word" and after.text not in _OWN_WAY
        for at, (token, after) in enumerate(pairwise(tokens))
    )


def _strange_subject(sentence: Sentence, strange: Sequence[int]) -> bool:
    """Whether an unusual word stands before the first word that says it is done: a name, as a rule."""
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    return bool(finished) and any(at < finished[0] for at in strange)


def _is_word(token: Token) -> bool:
    return token.kind in ("word", "file", "zone")
