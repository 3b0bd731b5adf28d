"""Faces and hearts typed with digits, which name no task: `done 2 <3`, `thx :3`."""

from __future__ import annotations

import re

_ALONE = r"(?<!\S)(?:{})(?=[\s.!?,]|$)"
_HEARTS = re.compile(r"<+/?3+(?!\w)")
_FACES = re.compile(_ALONE.format(r"[:;=x^>][-o']?3+\^?|[0o][_.]+[0o]"), re.IGNORECASE)
_GLASSES = re.compile(r"(?<!\S)[8B]-?\)+\s*$")
_LISTED = re.compile(r"\d-?\)")


def without_emoticons(text: str) -> str:
    """The text with each of them blanked out. `8)` is one at the end, unless other numbers are listed like it."""
    text = _FACES.sub(" ", _HEARTS.sub(" ", text))
    return _GLASSES.sub(" ", text) if len(_LISTED.findall(text)) == 1 else text
