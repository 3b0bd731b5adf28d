"""Several of one name in a group: each gets a number behind it, so that a button says whom it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.group import Membership, Sharing, looks_like


def told_apart(members: Sequence[Membership], apart_from: frozenset[int] = frozenset()) -> list[Membership]:
    """The same members in the same order; those whose names look alike numbered as they came.

    Those who hide and those in `apart_from` come last, so that nobody's number tells of somebody they do not see.
    """
    alike: dict[str, list[Membership]] = {}
    for member in members:
        alike.setdefault(looks_like(member.shown_name), []).append(member)
    taken, number = set(alike), dict[int, int]()
    for look, several in alike.items():
        if len(several) > 1:
            several.sort(key=lambda m: (_unseen(m, apart_from), m.joined_at, m.learner_id))
            number |= {m.learner_id: n for m, n in zip(several, _free(look, taken), strict=False)}
    return [replace(m, nth=number[m.learner_id]) if m.learner_id in number else m for m in members]


def _unseen(member: Membership, apart_from: frozenset[int]) -> bool:
    return member.sharing is Sharing.HIDDEN or member.learner_id in apart_from


def _free(look: str, taken: set[str]) -> Iterable[int]:
    """Numbers, but for those that make a name which somebody bears by themselves."""
    number = 0
    while True:
        number += 1
        if looks_like(f"{look} ({number})") not in taken:
            yield number
