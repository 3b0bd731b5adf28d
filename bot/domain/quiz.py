"""A quiz as it is taken: five items, one tap each, at any time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, permutations
from string import ascii_uppercase

from bot.domain.topic import Option, OrderItem, QuizItem, QuizKind

LENGTH = 5
OWN = 3
"""Items of a week's quiz that are from the week's own topics, as far as there are as many."""
CHOICES = 4
Shelves = Sequence[Sequence[QuizItem]]


@dataclass(frozen=True, slots=True)
class QuizRun:
    """Where a learner stands in a quiz. `about` is the id of a week or a note; `seed` shuffles alike each time."""

    learner_id: int
    about: str
    items: tuple[str, ...]
    seed: int
    started_at: datetime
    right: int = 0
    at: int = 0

    @property
    def over(self) -> bool:
        """Whether every item has been answered."""
        return self.at >= len(self.items)

    @property
    def item(self) -> str:
        """The id of the item that waits for an answer."""
        return self.items[self.at]

    def answered(self, right: bool) -> QuizRun:
        """The run with one more answer."""
        return replace(self, at=self.at + 1, right=self.right + right)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap: its label, whether it is right, and what is wrong with it when it is not.

    Of several options, `wrong` are the chosen ones that do not belong, with their reasons, and `missed` those that do.
    Of an order, `step` is the first that is out of place and `wanted` the one that belongs there.
    """

    label: str
    right: bool
    why: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[str, ...] = ()
    step: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An item as it is shown: lettered lines, and what can be tapped."""

    item: QuizItem
    lines: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]

    @property
    def right(self) -> Choice:
        """The right choice."""
        return next(choice for choice in self.choices if choice.right)


def sheet(item: QuizItem, seed: int) -> Sheet:
    """An item laid out for one tap. The same seed shuffles it the same way."""
    dice = random.Random(f"{seed}:{item.id}")
    if isinstance(item, OrderItem):
        return _order(item, dice)
    places = dice.sample(range(len(item.options)), len(item.options))
    options = [item.options[place] for place in places]
    lines = tuple((letter, option.text) for letter, option in zip(ascii_uppercase, options, strict=False))
    if item.kind is QuizKind.SEVERAL:
        lettered = {letter: option for (letter, _), option in zip(lines, options, strict=True)}
        return Sheet(item, lines, _sets(lettered, dice))
    choices = tuple(Choice(letter, o.right, o.why) for (letter, _), o in zip(lines, options, strict=True))
    return Sheet(item, lines, choices)


def _sets(options: Mapping[str, Option], dice: random.Random) -> tuple[Choice, ...]:
    """Several right options as one tap: the right set among others of its size."""
    right = tuple(letter for letter, option in options.items() if option.right)
    others = [found for found in combinations(options, len(right)) if found != right]
    shown = [right, *dice.sample(others, min(CHOICES - 1, len(others)))]
    return tuple(_set(found, right, options) for found in sorted(shown))


def _set(found: tuple[str, ...], right: tuple[str, ...], options: Mapping[str, Option]) -> Choice:
    wrong = tuple((letter, options[letter].why) for letter in found if letter not in right)
    missed = tuple(letter for letter in right if letter not in found)
    return Choice(", ".join(found), found == right, wrong=wrong, missed=missed)


def _order(item: OrderItem, dice: random.Random) -> Sheet:
    """Steps to put in order as one tap: the right order among others."""
    places = dice.sample(range(len(item.steps)), len(item.steps))
    letters = {place: ascii_uppercase[n] for n, place in enumerate(places)}
    right = tuple(letters[place] for place in range(len(item.steps)))
    lines = tuple((letters[place], item.steps[place]) for place in places)
    return Sheet(item, lines, tuple(_as_choice(found, right) for found in sorted([right, *_wrong_orders(right, dice)])))


def _as_choice(found: tuple[str, ...], right: tuple[str, ...]) -> Choice:
    step, wanted = next(((f, r) for f, r in zip(found, right, strict=True) if f != r), ("", ""))
    return Choice(" → ".join(found), found == right, step=step, wanted=wanted)


def _wrong_orders(right: tuple[str, ...], dice: random.Random) -> list[tuple[str, ...]]:
    """Wrong orders beside the right one. Each begins or ends like another choice, so that no end of it is a hint."""
    others = [found for found in permutations(sorted(right)) if found != right]
    dice.shuffle(others)
    start, end = right[0], right[-1]
    same_start = next(found for found in others if found[0] == start and found[-1] != end)
    same_ends = [found for found in others if found[0] != start and found[-1] == end]
    same_end = next((found for found in same_ends if found[0] != same_start[-1]), same_ends[0])
    both = next((f for f in others if f[0] == same_end[0] and f[-1] == same_start[-1]), others[0])
    return list(dict.fromkeys((same_start, same_end, both, *others)))[: CHOICES - 1]


@dataclass(frozen=True, slots=True)
class Asked:
    """The items a learner has answered rightly before, and those of the quiz taken last."""

    known: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()

    def rank(self, item: QuizItem) -> tuple[bool, bool]:
        """Sorts what is new first, and what was asked a moment ago last."""
        return item.id in self.last, item.id in self.known


def drawn(own: Shelves, further: Shelves, asked: Asked, seed: int) -> tuple[str, ...]:
    """Up to five items: three or more from a week's own topics where they have as many, spread over the notes."""
    dice = random.Random(seed)
    mine, others = _spread(own, asked, dice), _spread(further, asked, dice)
    most = max(OWN, LENGTH - len(others))
    chosen = sorted([*mine[:most], *others[: LENGTH - min(most, len(mine))]], key=asked.rank)
    return tuple(item.id for item in chosen)


def _spread(shelves: Shelves, asked: Asked, dice: random.Random) -> list[QuizItem]:
    """The items of some notes, one note after the other, those asked before at the end."""
    full = [sorted(dice.sample(items, len(items)), key=asked.rank) for items in map(list, shelves) if items]
    dice.shuffle(full)
    rows = max(map(len, full), default=0)
    return sorted((shelf[row] for row in range(rows) for shelf in full if row < len(shelf)), key=asked.rank)
