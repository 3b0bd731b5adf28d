"""Tells a wish from what is merely told: where one will be, when one works, whose project it is, what a mark means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.sentence import Sentence
from bot.understanding.spans import Span
from bot.understanding.tokens import Token

_ME = frozenset(("i", "ive", "im", "ill", "we", "weve", "my", "our"))
_MOVED = frozenset(("moved", "relocated", "landed", "arrived", "flew", "shifted", "live", "now"))
_ELSEWHEN = frozenset(("was", "were", "will", "ill", "might", "may", "used", "love", "miss", "next"))
_OCCASIONS = frozenset(
    ("vacation", "holiday", "break", "libur", "vacaciones", "ferias", "vacances", "urlaub", "отпуск", "chhutti")
)
"""Words of `pause` that name a reason for one, and do not bid it."""

_HABITS = frozenset(("study", "work", "works", "sleep", "learn", "wake", "eat", "usually", "normally", "free"))
_RECURRING = frozenset(("every", "each", "always", "daily"))
"""Words of a habit as much as of a plan."""

_BIDS = frozenset(("send", "message", "text", "write", "make", "reminder", "then", "so", "please", "prefer", "want"))
_JOINS_A_SUM = frozenset(("+", "-", "–", "=", ":"))
_ONLY_IN_A_SUM = frozenset(("*", "×", "÷", "^", "=", "x", "times", "plus", "minus"))
"""What stands between two numbers of a sum, and never between two tasks."""

_NOT_MINE = frozenset(("cloned", "forked", "clone", "fork", "found", "love", "like", "liked", "helped", "inspired"))
_PRAISED = frozenset(
    ("nice", "cool", "good", "great", "awesome", "amazing", "example", "sample", "similar", "dataset", "helpful")
)
_BROKEN = frozenset(
    (
        "broken",
        "broke",
        "fails",
        "failing",
        "failed",
        "error",
        "errors",
        "bug",
        "crashes",
        "stuck",
        "dead",
        "down",
        "gone",
        "404",
        "expired",
    )
)
_CONTRACTED = frozenset(("its", "thats", "heres", "whats", "lets", "theres", "hes", "shes"))
_POLITE = frozenset(("please", "can", "could", "you", "just", "ok", "so", "now", "also"))
_MARKING = frozenset(("tick", "check", "mark", "cross"))
_BACK = frozenset(("back", "not", "open", "undone", "unfinished", "again", "off", "incomplete"))
_FED_UP_OF = frozenset(("with", "rn", "today", "lol", "man"))


def elsewhere_in_time(sentence: Sentence) -> bool:
    """`i'm in berlin next week`, `i was in rome`: no place to be now."""
    texts = {token.text for token in sentence.tokens}
    return not texts & _MOVED and bool(texts & _ELSEWHEN or sentence.of_kind("week", "date"))


def breaks_later(sentence: Sentence) -> bool:
    """`holiday soon`, `i'm at work till 6`, `in tokyo until friday`: a reason for a pause, and nobody bids one now."""
    verbs, tokens = sentence.lexicon.actions.get("pause"), sentence.tokens
    if verbs and any(verbs.match(tokens, at) and tokens[at].text not in _OCCASIONS for at in range(len(tokens))):
        return False
    return _to_come(sentence) or bool(sentence.of_kind("place")) or _till_an_hour(sentence) or _only_returns(sentence)


def tells_a_habit(sentence: Sentence) -> bool:
    """`i usually study at 9 pm`: hours of a life, and no word of messages."""
    texts = {token.text for token in sentence.tokens}
    verbs = sentence.lexicon.actions.get("snooze")
    reminds = verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    planned = sentence.lexicon.positions("regular", sentence.tokens)
    bidden = any(sentence.tokens[at].text not in _RECURRING for at in planned)
    asked = (reminds and not _wakes(sentence)) or sentence.has("request") or bidden or bool(texts & _BIDS)
    return bool(texts & _ME and texts & _HABITS) and not asked


def _wakes(sentence: Sentence) -> bool:
    """`i wake up at 6`, but not `wake me up at 6`."""
    return any(pair == ("i", "wake") for pair in pairwise(token.text for token in sentence.tokens))


def is_late(sentence: Sentence) -> bool:
    """`9 pm is late`: said of an hour, and none named in its place."""
    complained = any(
        before.text in ("is", "are") and token.text in ("late", "early") for before, token in pairwise(sentence.tokens)
    )
    return complained and len(sentence.of_kind("clock", "number")) < 2


def of_others(sentence: Sentence) -> bool:
    """A link to what is praised, asked about, broken, or somebody else's: nothing is handed in by that."""
    texts = {token.text for token in sentence.tokens}
    owned = any(token.raw[-2:] in ("'s", "’s") and token.text not in _CONTRACTED for token in sentence.tokens)
    asked = bool(sentence.tokens) and "?" in sentence.tokens[-1].text and not sentence.has("request")
    return owned or asked or bool(texts & (_NOT_MINE | _BROKEN)) or bool(texts & _PRAISED and not texts & _ME)


def comes_back(sentence: Sentence) -> bool:
    """`back in 5`, `back to 2`, a lone `clear`: said of somebody's way, or of a screen, and not of a tick."""
    texts = [token.text for token in sentence.tokens if not token.is_break]
    return texts[:1] == ["back"] or texts == ["clear"]


def reminds_another(sentence: Sentence) -> bool:
    """`remind bo tomorrow`: a word that no reminder is asked for in stands where `me` would."""
    verbs, talk = sentence.lexicon.actions.get("snooze"), sentence.talk.get("snooze", ())
    named = {at for span in sentence.spans for at in range(span.start, span.end)}
    return verbs is not None and any(
        verbs.match(sentence.tokens, at) and after.kind == "word" and at + 1 not in named and after.text not in talk
        for at, after in enumerate(sentence.tokens[1:])
    )


def bids_not(sentence: Sentence) -> bool:
    """`can you not mark it`: a request not to do something takes nothing back."""
    ends = [at + sentence.lexicon.flag("request", sentence.tokens, at)
            for at in sentence.lexicon.positions("request", sentence.tokens)]  # fmt: skip
    return any(sentence.lexicon.flag("negators", sentence.tokens, end) for end in ends)


def is_a_sum(sentence: Sentence) -> bool:
    """`2+2`, `3-1`: numbers joined by a sign, and no word of finishing."""
    numbers = sentence.of_kind("number")
    return not sentence.has("finish") and any(_is_sign(sentence.tokens, *pair) for pair in pairwise(numbers))


def praises(sentence: Sentence) -> bool:
    """`tokyo is cool`: a place is spoken of, and nobody is there."""
    texts = {token.text for token in sentence.tokens}
    return bool(texts & _PRAISED) and not texts & _ME


def returns(sentence: Sentence) -> bool:
    """`back on friday`: when somebody comes again, and no word of reminding."""
    verbs = sentence.lexicon.actions.get("snooze")
    reminds = verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    return not reminds and sentence.language == "en" and any(token.text == "back" for token in sentence.tokens)


def resumes_later(sentence: Sentence) -> bool:
    """`resume on monday`: not now, and how long a pause would be is not plain."""
    return bool(sentence.of_kind("day", "date")) or sentence.has("tomorrow")


def is_of_group(sentence: Sentence) -> bool:
    """`weekly digest on saturdays at 10`: the news of a group, and not one's own week."""
    texts = {token.text for token in sentence.tokens}
    return "digest" in texts and not texts & {"my", "me", "mine"}


def is_away(sentence: Sentence) -> bool:
    """`wont be around till thursday` tells where somebody is not; a pause may be what they want."""
    verbs = sentence.lexicon.actions.get("pause")
    asked = verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    return sentence.has("negators") and not asked


def ticks(sentence: Sentence) -> bool:
    """`tick the third task` opens on a word of marking: nothing is taken back, whatever it sounds like."""
    verbs = sentence.lexicon.actions.get("undo")
    back = verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    first = next((token.text for token in sentence.tokens if token.text not in _POLITE), "")
    return first in _MARKING and not (back or any(token.text in _BACK for token in sentence.tokens))


def is_reckoned(sentence: Sentence) -> bool:
    """`2*3`, `3 x 2 = 6`: no task is named, whatever else may be."""
    return not sentence.has("finish") and has_signs(sentence)


def has_signs(sentence: Sentence) -> bool:
    """Whether two numbers have a sign between them that no list of tasks has."""
    joints = ([token.text for token in sentence.tokens[left.end : right.start]]
              for left, right in pairwise(sentence.of_kind("number")))  # fmt: skip
    return any(len(joint) == 1 and joint[0] in _ONLY_IN_A_SUM for joint in joints)


def fed_up(sentence: Sentence) -> bool:
    """`i'm so done with this week` is a sigh."""
    if sentence.language != "en" or sentence.of_kind("number"):
        return False
    texts = [token.text for token in sentence.tokens]
    return any(
        pair == ("so", "done") and (at > 0 or texts[at + 2 : at + 3] in [[word] for word in _FED_UP_OF])
        for at, pair in enumerate(pairwise(texts))
    )


def is_one_question(sentence: Sentence) -> bool:
    """`can i leave the group and come back later?`: its second half bids nothing either."""
    stops = [token for token in sentence.tokens if token.kind == "stop"]
    return len(stops) == 1 and "?" in sentence.tokens[-1].text


def goes_wrong(sentence: Sentence) -> bool:
    """`it doesn't work`: a complaint about what was just said, and about nothing that it names itself."""
    named = sentence.of_kind("number", "subject", "week")
    return not named and not any(token.text in _ME for token in sentence.tokens)


def _to_come(sentence: Sentence) -> bool:
    """A time ahead, unless it is how long: `the next 10 days` begin now."""
    if any(span.value == "+1" for span in sentence.of_kind("week")):
        return True
    counted = {span.start for span in sentence.of_kind("number", "length")}
    places = sentence.lexicon.positions("to_come", sentence.tokens)
    leads = any(before.text == "in" and at + 1 in counted for at, before in enumerate(sentence.tokens))
    away = any(token.text in ("going", "leaving") for token in sentence.tokens)
    return any(at + 1 not in counted for at in places) or (leads and away) or _in_a_month(sentence)


def _in_a_month(sentence: Sentence) -> bool:
    """`holiday in may`, but not `away until may`"""
    tokens, until = sentence.tokens, sentence.lexicon.positions("until", sentence.tokens)
    named = [at for at in range(1, len(tokens)) if sentence.lexicon.months.match(tokens, at) and at - 1 not in until]
    return any(tokens[at].text != "may" or tokens[at - 1].text == "in" for at in named)


def _till_an_hour(sentence: Sentence) -> bool:
    until = sentence.lexicon.positions("until", sentence.tokens)
    return any(span.start - 1 in until for span in sentence.of_kind("number", "clock"))


def _only_returns(sentence: Sentence) -> bool:
    """`i'll be back`, `back on monday`: from when on, and not that a break is wanted till then."""
    when = all(span.kind in ("day", "date", "clock") for span in sentence.spans)
    return sentence.language == "en" and when and any(token.text == "back" for token in sentence.tokens)


def _is_sign(tokens: Sequence[Token], left: Span, right: Span) -> bool:
    between = tokens[left.end : right.start]
    return len(between) == 1 and between[0].text in _JOINS_A_SUM
