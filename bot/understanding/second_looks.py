"""What one word more makes of a wish: `remind me never`, `undo? no`, `tokyo is 9 hours ahead`."""

from __future__ import annotations

from itertools import pairwise

from bot.understanding import recounted, told
from bot.understanding.marks import DENYING
from bot.understanding.sentence import Sentence

_SHORT = 3
_POINTING = frozenset(("look", "see", "found", "source", "via", "read", "watch", "ref", "check"))
_TIMES = ("length", "day", "clock", "date", "week")


def misfits(likely: str, sentence: Sentence) -> bool:
    """Whether a wish that sounds like `likely` says something beside it that such a wish does not."""
    return any(look(sentence) for look in _LOOKS.get(likely, ()))


def ends_on_no(sentence: Sentence) -> bool:
    """`undo? no`, `i'd pause but no`: the answer to oneself stands last."""
    tokens = [token for token in sentence.tokens if token.kind not in ("picture", "comma")]
    while tokens and tokens[-1].is_break:
        tokens.pop()
    if len(tokens) <= 1 or (not sentence.lexicon.flag("nahs", tokens, len(tokens) - 1) and tokens[-1].text != "no"):
        return False
    return tokens[-2].kind == "stop" or tokens[-2].text == "but"


def answers_itself(sentence: Sentence) -> bool:
    """`pause? no. done 1`: a question of one's own and the answer to it, anywhere in a message."""
    tokens = sentence.tokens
    return any(
        "?" in token.text and (after.text == "no" or sentence.lexicon.flag("nahs", tokens, at + 1))
        for at, (token, after) in enumerate(pairwise(tokens))
    )


def _denies_by_picture(sentence: Sentence) -> bool:
    """`✅: done ❌: open. 1 ✅ 2 ❌`: pictures tell how things are, and nothing is taken back."""
    verbs, tokens = sentence.lexicon.actions.get("undo"), sentence.tokens
    undone = verbs is not None and any(verbs.match(tokens, at) for at in range(len(tokens)))
    return not undone and any(token.text in DENYING for token in tokens)


def _merely_asked(sentence: Sentence) -> bool:
    """`7pm?`"""
    asked = bool(sentence.tokens) and "?" in sentence.tokens[-1].text
    return asked and len(sentence.tokens) <= _SHORT


def _compares(sentence: Sentence) -> bool:
    """`tokyo is 9 hours ahead`"""
    return _merely_asked(sentence) or bool(sentence.of_kind("length"))


def _points_at(sentence: Sentence) -> bool:
    """A link to look at, or to somebody else's work."""
    lead = bool(sentence.tokens) and sentence.tokens[0].text in _POINTING
    return lead or sentence.has("others") or sentence.has("negators")


def _never_or_why(sentence: Sentence) -> bool:
    """`remind me never`, `remind me why i do this`"""
    tokens = sentence.tokens
    timed = bool(sentence.of_kind(*_TIMES)) or sentence.has("tomorrow")
    why = any(
        sentence.lexicon.flag("question", tokens, at + 1) for at, token in enumerate(tokens) if token.text == "me"
    )
    return any(token.text == "never" for token in tokens) or (why and not timed)


def _deletes(sentence: Sentence) -> bool:
    """`delete task 3`: a task cannot be deleted, and opening it again may not be what is meant."""
    tokens, verbs = sentence.tokens, sentence.lexicon.actions.get("delete_data")
    numbers = {span.start for span in sentence.of_kind("number")}
    return verbs is not None and any(
        verbs.match(tokens, at) and (at + 1 in numbers or sentence.lexicon.flag("task_words", tokens, at + 1))
        for at in range(len(tokens))
    )


_LOOKS = {
    "set_time": (
        _merely_asked,
        told.tells_a_habit,
        told.is_late,
        recounted.is_dated,
        recounted.is_advised,
        recounted.is_right_now,
    ),
    "set_timezone": (_compares, told.elsewhere_in_time, told.praises),
    "submit_project": (_points_at, told.of_others),
    "snooze": (
        _never_or_why,
        told.tells_a_habit,
        told.reminds_another,
        told.returns,
        recounted.is_spent,
        recounted.is_advised,
    ),
    "resume": (told.resumes_later, recounted.is_a_paper, recounted.is_past, recounted.is_advised),
    "undo": (
        _deletes,
        told.comes_back,
        told.bids_not,
        told.ticks,
        _denies_by_picture,
        recounted.is_corrected,
        recounted.is_opened,
    ),
    "pause": (told.breaks_later, told.is_away, recounted.is_past, recounted.is_advised),
}
