"""Keeps words about an action from becoming the action: negation, questions, plans, somebody else's deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.phrases import HOLD
from bot.understanding.sentence import Sentence

CONFIRMED = frozenset(("delete_data", "stop", "group_leave", "switch_roadmap"))
"""Never done without asking, however clear the words."""

ACTING = CONFIRMED | {
    "start", "enroll", "done", "undo", "pause", "resume", "snooze", "set_time", "set_timezone", "submit_project",
    "group_create", "group_join", "lighter_week",
}  # fmt: skip
"""Intents that change something."""

_PLAIN = ACTING - {"done", "undo", "submit_project", "snooze"} | {"settings", "group", "export_data", "greet", "thanks"}
"""Intents that no word of the subject belongs to."""

_HARMLESS_BARE = {"set_time": ("time", "weekday"), "set_timezone": ("timezone",), "submit_project": ("url",),
                  "group_join": ("code",), "start": ("roadmap",)}  # fmt: skip
"""Asked about without their slots, these only show how it is done."""

_NEAR = 4
_CLEAR = 0.85
_ABOUT_SUBJECT = 0.04
_MARKING = frozenset(("mark", "tick", "check", "set", "cross", "put", "count", "see", "know"))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What may come of a clause: the intent, and whether the learner says not to."""

    intent: str
    negated: bool = False
    doubtful: bool = False


def rule(likely: str, chances: Mapping[str, float], sentence: Sentence, slots: Mapping[str, object]) -> Ruling:
    """The intent that may follow from a clause that most likely means `likely`."""
    if likely == HOLD:
        return Ruling(_held(chances), negated=True)
    if likely == "done":
        return _rule_done(chances, sentence, slots)
    if likely in _PLAIN and chances[likely] < _CLEAR and _speaks_of_subject(sentence):
        return Ruling("ask", doubtful=chances.get("ask", 0.0) < _ABOUT_SUBJECT)
    if likely in ACTING and _forbids(likely, sentence):
        return Ruling(likely, negated=True)
    if likely in ACTING and likely not in CONFIRMED and _asks_how(sentence) and not _shows_only(likely, slots):
        return Ruling(_best(chances, ("help", "ask"), "help"))
    return Ruling(likely)


def _speaks_of_subject(sentence: Sentence) -> bool:
    """Whether a word of the subject is said, and not only in a name being given."""
    return bool(sentence.of_kind("subject")) and not sentence.has("called")


def _rule_done(chances: Mapping[str, float], sentence: Sentence, slots: Mapping[str, object]) -> Ruling:
    if _asks(sentence):
        return Ruling(_best(chances, ("progress", "help", "ask", "group_board", "week", "next"), "progress"))
    if _unfinished(sentence) or _unreal(sentence) or _others(sentence):
        return Ruling("done", negated=True)
    return Ruling("done", doubtful="words" in slots and not sentence.of_kind("subject"))


def _best(chances: Mapping[str, float], among: tuple[str, ...], fallback: str) -> str:
    found = max(among, key=lambda name: chances.get(name, 0.0))
    return found if chances.get(found, 0.0) > 0 else fallback


def _held(chances: Mapping[str, float]) -> str:
    return _best({name: chance for name, chance in chances.items() if name in ACTING}, tuple(sorted(ACTING)), "done")


def _asks(sentence: Sentence) -> bool:
    """Whether the clause is a question and no polite order."""
    tokens = sentence.tokens
    if not tokens or any(sentence.lexicon.flag("request", tokens, at) for at in range(min(3, len(tokens)))):
        return False
    ends_asking = "?" in tokens[-1].text or "？" in tokens[-1].text or "؟" in tokens[-1].text
    return ends_asking or _opens_asking(sentence)


def _opens_asking(sentence: Sentence) -> bool:
    first = next((at for at, token in enumerate(sentence.tokens) if not token.is_break), None)
    if first is None or not sentence.lexicon.flag("question", sentence.tokens, first):
        return False
    return sentence.tokens[first].text not in ("did", "do", "have") or _subject_follows(sentence, first)


def _subject_follows(sentence: Sentence, at: int) -> bool:
    """`did i finish` asks, `did 3` tells."""
    return at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].text in ("i", "you", "we", "they", "it", "the", "my")


def _asks_how(sentence: Sentence) -> bool:
    return _opens_asking(sentence) and not any(
        sentence.lexicon.flag("request", sentence.tokens, at) for at in range(min(3, len(sentence.tokens)))
    )


def _shows_only(intent: str, slots: Mapping[str, object]) -> bool:
    return intent in _HARMLESS_BARE and not any(slot in slots for slot in _HARMLESS_BARE[intent])


def _unfinished(sentence: Sentence) -> bool:
    """A negation before the word that says it is done, or before everything that could be."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    numbers = [span.start for span in sentence.of_kind("number")]
    for at in lexicon.positions("negators", tokens):
        if tokens[at].text == "no" and at + 1 in numbers:
            continue
        if any(at < place <= at + _NEAR for place in finished):
            return True
        if not any(place < at for place in (*finished, *numbers)):
            return True
        if not any(place > at for place in numbers) and finished and at > finished[0] and not sentence.has("all"):
            return bool(numbers and tokens[at].text not in ("without", "no", "sin", "ohne"))
    return False


def _unreal(sentence: Sentence) -> bool:
    """`when I finish`, `I will do`, `almost done`: not yet so."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    for at in lexicon.positions("unreal", tokens):
        after = [place for place in finished if at < place <= at + _NEAR]
        if after and tokens[after[0]].text not in _MARKING:
            return True
    return False


def _others(sentence: Sentence) -> bool:
    tokens, lexicon = sentence.tokens, sentence.lexicon
    finished = lexicon.positions("finish", tokens)
    first = finished[0] if finished else len(tokens)
    mine = any(token.text in ("i", "ive", "im", "we", "weve", "my") for token in tokens[:first])
    return not mine and any(at < first for at in lexicon.positions("others", tokens))


def _forbids(intent: str, sentence: Sentence) -> bool:
    """A negation shortly before the very verb of the action: `don't pause`, `not leaving`."""
    verbs = sentence.lexicon.actions.get(intent)
    if verbs is None:
        return False
    for at in sentence.lexicon.positions("negators", sentence.tokens):
        for place in range(at + 1, min(at + 1 + _NEAR, len(sentence.tokens))):
            if verbs.match(sentence.tokens, place):
                return not _wants_out(intent, sentence, at)
    return False


def _wants_out(intent: str, sentence: Sentence, at: int) -> bool:
    """`no more, leave me out`: the negation and the verb stand in different clauses."""
    return any(token.is_break for token in sentence.tokens[at : at + _NEAR]) and intent in CONFIRMED
