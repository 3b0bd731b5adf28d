"""Keeps words about an action from becoming the action: negation, questions, plans, somebody else's deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.claims import doubtful_claim, foreign_words, states_the_time
from bot.understanding.counts import counting
from bot.understanding.exceptions import second_thoughts, turn
from bot.understanding.not_done import ME, NEAR, is_not_done
from bot.understanding.phrases import HOLD
from bot.understanding.questions import asks, asks_how
from bot.understanding.second_looks import misfits
from bot.understanding.sentence import Sentence
from bot.understanding.settings_talk import refused, unsettled
from bot.understanding.things_done import is_a_thing
from bot.understanding.told import fed_up, is_reckoned
from bot.understanding.topics import named_by_colon

CONFIRMED = frozenset(("delete_data", "stop", "group_leave", "switch_roadmap"))
"""Never done without asking, however clear the words."""

ACTING = CONFIRMED | {
    "start", "enroll", "done", "undo", "pause", "resume", "snooze", "set_time", "set_timezone", "submit_project",
    "group_create", "group_join", "lighter_week",
}  # fmt: skip
"""Intents that change something."""

_PLAIN = ACTING - {"done", "undo", "submit_project", "snooze"} | {"settings", "group", "export_data", "greet", "thanks"}
"""Intents that no word of the subject belongs to."""

_ABOUT_ME = frozenset(("set_timezone", "set_time", "pause", "resume", "start", "undo"))
"""Intents that what somebody else does never means."""

_HARMLESS_BARE = {"set_time": ("time", "weekday"), "set_timezone": ("timezone",), "submit_project": ("url",),
                  "group_join": ("code",), "start": ("roadmap",)}  # fmt: skip
"""Asked about without their slots, these only show how it is done."""

_NEVER_OF_SUBJECT = frozenset(("pause", "resume", "set_time", "set_timezone"))
"""Intents that a word of the subject is never part of."""

_IN_PLAIN_WORDS = frozenset(("undo", "pause", "resume", "set_time", "set_timezone", "start", "group_create"))
"""Intents that are said in few words; a line with others may be about anything."""

_FORBIDDEN_ANYWHERE = frozenset(("delete_data", "pause", "switch_roadmap"))
"""Intents whose phrases hold no negation in any language: one means that it is not wanted, wherever it stands."""

_HALTED = frozenset(("quiz", "review", "snooze"))
"""What goes on until somebody says that it is enough."""

_BESIDE = 2
_CLEAR = 0.85
_FEW = 3
_SHORT_DATE = 4
_BIDDING = frozenset(("finish", "complete"))
_ABOUT_SUBJECT = 0.04


@dataclass(frozen=True, slots=True)
class Ruling:
    """What may come of a clause: the intent, and whether the learner says not to.

    A doubtful one is asked about, unless its words name a task clearly; a suspect one is asked about in any case.
    """

    intent: str
    negated: bool = False
    doubtful: bool = False
    suspect: bool = False


def rule(likely: str, chances: Mapping[str, float], sentence: Sentence, slots: Mapping[str, object]) -> Ruling:
    """The intent that may follow from a clause that most likely means `likely`."""
    if likely in ("done", HOLD):
        told = likely == "done" or second_thoughts(sentence) or turn(sentence) is not None
        return _rule_done(chances, sentence, slots) if told else _rule_hold(chances, sentence)
    if _denied(likely, sentence):
        return Ruling(likely, negated=True)
    if likely in _PLAIN and chances[likely] < _CLEAR and _speaks_of_subject(sentence):
        return Ruling("ask", doubtful=chances.get("ask", 0.0) < _ABOUT_SUBJECT)
    if likely in _ABOUT_ME and _others_first(sentence):
        return Ruling("unknown")
    if _asks_about(likely, sentence, slots):
        return Ruling(_best(chances, ("help", "ask"), "help"))
    return Ruling(likely, doubtful=likely == "set_time" and _mere_date(sentence), suspect=_suspect(likely, sentence))


def _rule_hold(chances: Mapping[str, float], sentence: Sentence) -> Ruling:
    if _may_be_claimed(sentence):
        return Ruling("done", suspect=True)
    return Ruling(_held(chances, sentence), negated=True)


def _may_be_claimed(sentence: Sentence) -> bool:
    """`i finished 2 yesterday`: a number is said to be done, and nothing speaks against it but a likeness."""
    against = is_not_done(sentence) or asks(sentence)
    return not against and sentence.has("finish") and bool(sentence.of_kind("number")) and not counting(sentence)


def _denied(likely: str, sentence: Sentence) -> bool:
    """Whether an action is named to say that it is not wanted."""
    if likely in _HALTED and _halted(likely, sentence):
        return True
    if likely not in ACTING:
        return False
    return (likely == "undo" and undoes_nothing(sentence)) or refused(likely, sentence) or _forbids(likely, sentence)


def _halted(likely: str, sentence: Sentence) -> bool:
    """`stop quizzing me`: a word for ending something stands before the very verb of it."""
    verbs, tokens = sentence.lexicon.actions.get(likely), sentence.tokens
    ends = (*sentence.lexicon.positions("halts", tokens), *sentence.lexicon.positions("negators", tokens))
    return verbs is not None and any(
        verbs.match(tokens, place) for at in ends for place in range(at + 1, min(at + 1 + _BESIDE, len(tokens)))
    )


def _suspect(likely: str, sentence: Sentence) -> bool:
    """Whether words are said in which nobody wishes this: `pause on hover`, `the conference is in tokyo`."""
    if likely in ACTING - CONFIRMED and (unsettled(likely, sentence) or misfits(likely, sentence)):
        return True
    if likely == "snooze":
        return not _has_verb("snooze", sentence) and _tells_of_a_thing(sentence)
    return likely in _IN_PLAIN_WORDS and not _usual(likely, sentence) and _strange(likely, sentence)


def _usual(likely: str, sentence: Sentence) -> bool:
    """Wishes that any words may stand beside: an end of a pause is named, a group is given its name."""
    if likely == "start":
        return asks(sentence)
    if likely == "pause":
        return bool(sentence.of_kind("length", "day", "date")) or _till_a_month(sentence)
    named = any(named_by_colon(sentence.tokens, at) for at in range(len(sentence.tokens)))
    return likely == "group_create" and (named or sentence.has("called"))


def _till_a_month(sentence: Sentence) -> bool:
    """`until december 1`, `until the 1st of march`"""
    ends = [place for at in sentence.lexicon.positions("until", sentence.tokens) for place in range(at + 1, at + 5)]
    return any(sentence.lexicon.months.match(sentence.tokens, place) for place in ends)


def _strange(likely: str, sentence: Sentence) -> bool:
    if likely in _NEVER_OF_SUBJECT and sentence.of_kind("subject"):
        return True
    tense = likely == "set_time" and (states_the_time(sentence) or _no_such_clock(sentence))
    brief = likely == "pause" and sentence.has("moments")
    return tense or brief or bool(foreign_words(likely, sentence))


def _tells_of_a_thing(sentence: Sentence) -> bool:
    """`my wifi pauses every 5 mins`: unusual words, and nobody who speaks of putting off."""
    return bool(foreign_words("snooze", sentence)) and not any(token.text in ME for token in sentence.tokens)


def _no_such_clock(sentence: Sentence) -> bool:
    """`at 25:00`: written like a time of day, and none."""
    read = {at for span in sentence.spans for at in range(span.start, span.end)}
    return any(token.kind == "clock" and at not in read for at, token in enumerate(sentence.tokens))


def undoes_nothing(sentence: Sentence) -> bool:
    """`not 8`: a number is denied and nothing is said to be taken back."""
    tokens = sentence.tokens
    return bool(tokens) and bool(sentence.lexicon.flag("negators", tokens, 0)) and not _has_verb("undo", sentence)


def _has_verb(intent: str, sentence: Sentence) -> bool:
    verbs = sentence.lexicon.actions.get(intent)
    return verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))


def _mere_date(sentence: Sentence) -> bool:
    """Whether a day or hour is said in a longer line with no word of reminders: `see you on monday at 9`."""
    weekly = any(sentence.tokens[day.start].text.endswith("days") for day in sentence.of_kind("day"))
    scheduled = weekly or sentence.has("schedule")
    return sentence.language == "en" and len(sentence.tokens) > _SHORT_DATE and not scheduled


def _asks_about(likely: str, sentence: Sentence, slots: Mapping[str, object]) -> bool:
    """Whether an action is asked about, not asked for. What is confirmed anyway may be asked about too."""
    return likely in ACTING - CONFIRMED and asks_how(sentence) and not _shows_only(likely, slots)


def _speaks_of_subject(sentence: Sentence) -> bool:
    """Whether a word of the subject is said, and not only in a name being given."""
    return bool(sentence.of_kind("subject")) and not sentence.has("called")


def _rule_done(chances: Mapping[str, float], sentence: Sentence, slots: Mapping[str, object]) -> Ruling:
    if fed_up(sentence):
        return Ruling("stuck")
    if is_reckoned(sentence):
        return Ruling("unknown")
    if asks(sentence):
        return Ruling(
            _best(chances, ("progress", "help", "ask", "group_board", "week", "next", "plan", "catch_up"), "progress")
        )
    if is_not_done(sentence):
        return Ruling("done", negated=True)
    return Ruling("done", doubtful=_guessed(sentence, slots), suspect=doubtful_claim(sentence, slots))


def _guessed(sentence: Sentence, slots: Mapping[str, object]) -> bool:
    """Whether nothing says outright that something of the roadmap is done."""
    if "words" in slots and (is_a_thing(sentence) or not sentence.of_kind("subject")):
        return True
    if "all" in slots and not any(_tells(sentence, at) for at in sentence.lexicon.positions("finish", sentence.tokens)):
        return True
    return sentence.language == "en" and not sentence.has("finish") and len(sentence.tokens) > _FEW


def _tells(sentence: Sentence, at: int) -> bool:
    """Whether a word of finishing tells that it is so: `finish all` bids, `all are complete` tells."""
    before = sentence.tokens[at - 1].text if at else ""
    return sentence.tokens[at].text not in _BIDDING or before in ("is", "are", "was", "were", "tasks")


def _best(chances: Mapping[str, float], among: tuple[str, ...], fallback: str) -> str:
    found = max(among, key=lambda name: chances.get(name, 0.0))
    return found if chances.get(found, 0.0) > 0 else fallback


def _held(chances: Mapping[str, float], sentence: Sentence) -> str:
    """The action that a line names and does not want."""
    if _halted("quiz", sentence):
        return "quiz"
    if sentence.of_kind("number") or sentence.has("finish"):
        return "done"
    return _best({name: chance for name, chance in chances.items() if name in ACTING}, tuple(sorted(ACTING)), "done")


def _shows_only(intent: str, slots: Mapping[str, object]) -> bool:
    return intent in _HARMLESS_BARE and not any(slot in slots for slot in _HARMLESS_BARE[intent])


def _others_first(sentence: Sentence) -> bool:
    """Whether a clause begins with somebody else: `he lives in Berlin`."""
    others = any(sentence.lexicon.flag("others", sentence.tokens, at) for at in range(min(2, len(sentence.tokens))))
    return others and not any(token.text in ME for token in sentence.tokens)


def _forbids(intent: str, sentence: Sentence) -> bool:
    """A negation shortly before the very verb of the action: `don't pause`, `not leaving`."""
    verbs = sentence.lexicon.actions.get(intent)
    if verbs is None:
        return intent in _FORBIDDEN_ANYWHERE and sentence.has("negators")
    for at in sentence.lexicon.positions("negators", sentence.tokens):
        for place in range(at + 1, min(at + 1 + NEAR, len(sentence.tokens))):
            if sentence.tokens[place].is_break:
                break
            if verbs.match(sentence.tokens, place):
                return True
    return False
