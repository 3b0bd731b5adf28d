"""Pictures beside tasks that say of each whether it is done: `2 ✔ 3 ❌`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.sentence import Sentence

DENYING = frozenset("❌✖✗✘🚫⛔👎⏳⌛🔜⬜☐🔲🟥🔴❓❔🤔🤷⚠")
"""Pictures that say that something is not done, or that it is a question."""

_LINKS = frozenset(("and", "task", "&"))


def denied_by_marks(sentence: Sentence) -> set[int]:
    """The tasks whose own picture denies them. Nothing unless numbers and pictures take turns all through: else it is
    not plain whose picture it is."""
    said = _numbers_and_pictures(sentence)
    if len(said) < 2 or len(said) % 2 or any(isinstance(a, int) == isinstance(b, int) for a, b in pairwise(said)):
        return set()
    numbers = [one for one in said if isinstance(one, int)]
    pictures = [one for one in said if isinstance(one, str)]
    return {number for number, picture in zip(numbers, pictures, strict=True) if picture in DENYING}


def marked_otherwise(sentence: Sentence) -> bool:
    """Whether a picture says that tasks are not done, and not plainly which of several."""
    denies = any(token.text in DENYING for token in sentence.tokens)
    denied = denied_by_marks(sentence)
    numbers = {int(span.value) for span in sentence.of_kind("number")}
    return denies and not (denied and numbers - denied)


def _numbers_and_pictures(sentence: Sentence) -> Sequence[int | str]:
    """Each number and picture in order; nothing where other words are said, which may speak of either."""
    numbers = {span.start: int(span.value) for span in sentence.of_kind("number")}
    said: list[int | str] = []
    for at, token in enumerate(sentence.tokens):
        if at in numbers:
            said.append(numbers[at])
        elif token.kind == "picture":
            said.append(token.text)
        elif not (token.is_break or token.text in _LINKS):
            return ()
    return said
