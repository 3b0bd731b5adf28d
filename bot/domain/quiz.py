"""A quiz as it is taken: five items, one tap each, at any time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, permutations
from string import ascii_uppercase

from bot.domain.topic import ChoiceItem, OrderItem, QuizItem, QuizKind

LENGTH = 5
CHOICES = 4


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
    """One thing to tap: its label, whether it is right, and what is wrong with it when it is not."""

    label: str
    right: bool
    why: str = ""


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
        right = [letter for (letter, _), option in zip(lines, options, strict=True) if option.right]
        return Sheet(item, lines, _sets(item, [letter for letter, _ in lines], right, dice))
    choices = tuple(Choice(letter, o.right, o.why) for (letter, _), o in zip(lines, options, strict=True))
    return Sheet(item, lines, choices)


def _sets(item: ChoiceItem, letters: Sequence[str], right: Sequence[str], dice: random.Random) -> tuple[Choice, ...]:
    """Several right options as one tap: the right set among others of its size."""
    others = [found for found in combinations(letters, len(right)) if list(found) != list(right)]
    shown = [tuple(right), *dice.sample(others, min(CHOICES - 1, len(others)))]
    return tuple(Choice(", ".join(found), list(found) == list(right)) for found in sorted(shown))


def _order(item: OrderItem, dice: random.Random) -> Sheet:
    """Steps to put in order as one tap: the right order among others."""
    places = dice.sample(range(len(item.steps)), len(item.steps))
    letters = {place: ascii_uppercase[n] for n, place in enumerate(places)}
    right = tuple(letters[place] for place in range(len(item.steps)))
    others = [found for found in permutations(sorted(right)) if found != right]
    shown = [right, *dice.sample(others, min(CHOICES - 1, len(others)))]
    lines = tuple((letters[place], item.steps[place]) for place in places)
    return Sheet(item, lines, tuple(Choice(" → ".join(found), found == right) for found in sorted(shown)))


def drawn(pool: Sequence[Sequence[QuizItem]], known: frozenset[str], seed: int) -> tuple[str, ...]:
    """Up to five items, spread over the notes of a pool; those not yet answered rightly come first."""
    dice = random.Random(seed)
    shelves = [
        sorted(dice.sample(items, len(items)), key=lambda item: item.id in known) for items in map(list, pool) if items
    ]
    dice.shuffle(shelves)
    rows = max(map(len, shelves), default=0)
    spread = [shelf[row] for row in range(rows) for shelf in shelves if row < len(shelf)]
    fresh = sorted(spread, key=lambda item: item.id in known)
    return tuple(item.id for item in fresh[:LENGTH])
