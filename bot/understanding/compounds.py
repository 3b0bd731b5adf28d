"""Sentences made of two, so that the classifier learns to tell one wish from two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from bot.understanding.phrases import HOLD, SEVERAL

_CHATTER = ("greet", "thanks")
_APART = frozenset(("ask", "smalltalk", "help", "enroll", HOLD, *_CHATTER))
_JOINTS = (", ", ", ", ". ", "! ", " and ", " and then ", ", then ", ", and ", " also ", ", also ", " but ", "; ", " ")
_SECOND = ("next", "next", "week", "progress", "quiz", "snooze", "stuck", "set_time")
_LONGEST = 9
_COUNT = 7000


def compounds(said: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of short sentences with their label: that of both when they want the same, else `several`."""
    random = Random(5)
    short = {intent: [text for text in texts if len(text.split()) <= _LONGEST] for intent, texts in said.items()}
    wishes = sorted(intent for intent in short if intent not in _APART)
    for turn in range(_COUNT):
        first, second = _pair(turn, wishes, random)
        text = random.choice(short[first]) + random.choice(_JOINTS) + random.choice(short[second])
        yield text, _label(first, second)


def _pair(turn: int, wishes: Sequence[str], random: Random) -> tuple[str, str]:
    first = random.choice(wishes) if turn % 3 else "done"
    if turn % 5 == 0:
        return random.choice(_CHATTER), first
    if turn % 7 == 0:
        return "done", HOLD
    if turn % 5 == 1:
        alike = random.choice([*wishes, "ask", "smalltalk", "ask"])
        return alike, alike
    if turn % 11 == 0:
        return first, random.choice(_CHATTER)
    return first, random.choice([wish for wish in (_SECOND if turn % 2 else wishes) if wish != first])


def _label(first: str, second: str) -> str:
    if first in _CHATTER or first == second:
        return second
    return first if second in _CHATTER else SEVERAL
