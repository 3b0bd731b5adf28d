"""Parts a word from the number typed onto it: `done2`, `wk3`, `t3 done`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.tokens import Token

_GLUED = re.compile(r"([a-z]+)(\d{1,2})")
_WEEKS = {"w": "week", "wk": "week", "week": "week", "weeks": "weeks"}
_TASKS = {"t": "task", "task": "task", "tsk": "task"}


def unglued(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The same tokens, with what is clearly a word and its number as two."""
    return [part for at, token in enumerate(tokens) for part in _parted(token, at, tokens, lexicon)]


def _parted(token: Token, at: int, tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    found = _GLUED.fullmatch(token.text) if token.kind == "word" else None
    word = _word(found[1], at, tokens, lexicon) if found else None
    if not found or not word:
        return (token,)
    return Token(word, token.raw, "word"), Token(found[2], found[2], "number")


def _word(letters: str, at: int, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """The whole word that the letters stand for. `t5` is a model, unless something is said to be done."""
    if letters in _WEEKS:
        return _WEEKS[letters]
    spoken = Token(letters, letters, "word")
    if lexicon.flag("finish", [spoken], 0) or letters == "undo":
        return letters
    around = [*tokens[:at], *tokens[at + 1 :]]
    return (
        _TASKS.get(letters) if letters in _TASKS and (len(letters) > 1 or lexicon.positions("finish", around)) else None
    )
