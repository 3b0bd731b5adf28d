"""What a pasted error says: its last line and what the learner wrote around it, without the frames of the libraries."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"(?:^-{5,}\s*^\w+\s+)?Traceback \(most recent call last\)", re.MULTILINE)
"""Notebooks put a ruler and the error's name before it."""
_ERROR = r"(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|NotFound|DoesNotExist)"
_LAST = re.compile(rf"^{_ERROR}(?::|$)", re.MULTILINE)
_LAST_ON_ONE_LINE = re.compile(rf"(?<!\S){_ERROR}: ")
_FRAME = re.compile(r"^[^\S\n]+at [^\n]*:\d+\)?$\n?", re.MULTILINE)
"""A line of a JavaScript error's stack."""


def without_frames(text: str) -> str:
    """A text without the stack in it: which calls led to an error says little of what it is, in many words."""
    begun = _BEGINS.search(text)
    if begun is None:
        return _FRAME.sub("", text)
    looks = _LAST if "\n" in text[begun.end() :] else _LAST_ON_ONE_LINE
    last = [found.start() for found in looks.finditer(text, begun.end())]
    return f"{text[: begun.start()]}\n{text[last[-1] :]}".strip() if last else text
