"""One wish as it was decided, and neighbouring wishes for the same made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.intent import Intent, Slot

_CORRECTED_LATER = frozenset(("set_time", "set_timezone"))
"""Intents of which the value said last is meant: `10 am is too early, make it 12`."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One intent, how sure it is, what else the words could mean, and whether to ask.

    `asks` until the task that was meant is found; a suspect one is asked about in any case.
    """

    intent: Intent
    chance: float
    others: tuple[Intent, ...] = ()
    asks: bool = False
    suspect: bool = False

    @property
    def negated(self) -> bool:
        """Whether the learner says not to."""
        return bool(self.intent.slots.get("negated"))


def merged(decided: Sequence[Decided]) -> list[Decided]:
    """Neighbours that want the same become one, unless each names its own task."""
    kept: list[Decided] = []
    for one in decided:
        slots = _joint_slots(kept[-1], one) if kept else None
        if slots is None:
            kept.append(one)
        else:
            intent = Intent(one.intent.name, slots)
            suspect = kept[-1].suspect or one.suspect
            kept[-1] = replace(kept[-1], intent=intent, chance=max(kept[-1].chance, one.chance), suspect=suspect)
    return kept


def _joint_slots(before: Decided, one: Decided) -> dict[str, Slot] | None:
    """The slots of both; None where they are apart, as a sure claim is from a doubtful one behind it."""
    first, second = before.intent, one.intent
    if first.name != second.name or _doubt_follows(before, one):
        return None
    if "words" in first.slots and "words" in second.slots:
        return None
    slots: dict[str, Slot] = {**second.slots, **first.slots}
    if first.name in _CORRECTED_LATER:
        slots |= second.slots
    ours, theirs = first.slots.get("tasks"), second.slots.get("tasks")
    if isinstance(ours, list) and isinstance(theirs, list):
        slots["tasks"] = list(dict.fromkeys([*ours, *theirs]))
    return slots


def _doubt_follows(before: Decided, one: Decided) -> bool:
    """Whether what is claimed without doubt is followed by a doubtful claim of other tasks."""
    told = before.intent.name == "done" and one.suspect and not before.suspect
    return told and bool(_tasks(before)) and bool(_tasks(one)) and not _tasks(before) & _tasks(one)


def _tasks(one: Decided) -> set[int]:
    said = one.intent.slots.get("tasks")
    return set(said) if isinstance(said, list) else set()
