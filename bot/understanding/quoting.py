"""Sets aside what a message quotes: somebody else's words are not the learner's wish."""

from __future__ import annotations

import re

_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_QUOTED = re.compile(
    r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|„[^“”\n]{1,200}[“”]|「[^」\n]{1,200}」|```.*?```|`[^`\n]+`",
    re.DOTALL,
)
_WORD = re.compile(r"\w")


def without_quotes(text: str) -> tuple[str, bool]:
    """The text without quoted lines and passages, and whether there were any.

    A text that is one quotation and nothing else is taken as typed: some people quote a command they were shown.
    """
    own = _QUOTED_LINE.sub(" ", text)
    spoken = _QUOTED.sub(" ", own)
    if _WORD.search(spoken):
        return spoken, spoken != text
    return (own.strip(' "“”«»„`「」'), True) if _WORD.search(own) else ("", True)
