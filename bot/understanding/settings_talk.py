"""Days, hours and places that are named to be refused, told or dreamt of: none of them is a setting."""

from __future__ import annotations

from bot.understanding.claims import states_the_time
from bot.understanding.corrections import all_complained_of
from bot.understanding.sentence import Sentence

_NAMED = ("day", "clock", "place", "number")
_SET = frozenset(("set_time", "set_timezone", "snooze"))
_IN_STEAD = frozenset(("but", "rather", "instead", "make", "better", "yes", "ok"))
_OWN = frozenset(("i", "im", "ive", "me", "my", "we", "our", "were"))


def refused(likely: str, sentence: Sentence) -> bool:
    """`not mondays`, `never at 6`: a value is denied and no other one is given."""
    if likely not in _SET or not _opens_on_no(sentence):
        return False
    denied = sentence.of_kind(*_NAMED)
    return len(denied) == 1 and not _is_now(sentence)


def unsettled(likely: str, sentence: Sentence) -> bool:
    """Whether a wish is only dreamt of (`maybe pause`), or its value is not plain."""
    dreamt = likely != "snooze" and sentence.has("hypotheticals")
    return dreamt or _unclear_which(likely, sentence) or _tells_the_time(likely, sentence)


def _unclear_which(likely: str, sentence: Sentence) -> bool:
    """`no mondays or tuesdays`, `mondays dont work`: something is denied, and it is not plain what is wanted."""
    values = sentence.of_kind(*_NAMED)
    if likely == "set_time" and all_complained_of(sentence, values):
        return True
    if likely not in _SET - {"snooze"} or not sentence.has("negators"):
        return False
    settled = any(token.text in _IN_STEAD for token in sentence.tokens)
    return len(values) < 2 or (_opens_on_no(sentence) and not settled)


def _tells_the_time(likely: str, sentence: Sentence) -> bool:
    """`it's noon in tokyo`, `8 pm in dubai now`: an hour somewhere, and no word of one's own or of zones."""
    if likely != "set_timezone" or not sentence.of_kind("clock"):
        return False
    return states_the_time(sentence) or not (
        sentence.has("zone_words") or any(token.text in _OWN for token in sentence.tokens)
    )


def _opens_on_no(sentence: Sentence) -> bool:
    return bool(sentence.tokens) and bool(sentence.lexicon.flag("negators", sentence.tokens, 0))


def _is_now(sentence: Sentence) -> bool:
    """`not now, in 2 hours` puts something off."""
    return any(token.text in ("now", "today", "yet", "tonight") for token in sentence.tokens)
