"""Makes people's text safe to stand inside CommonMark."""

from __future__ import annotations

import re

from bot.domain.text import Prose

_INLINE = re.compile(r"([\\`*_\[\]<>&#|~])")
_AT_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[-+=]))([-+=.)])", re.MULTILINE)
_LEFTWARD = re.compile(
    "[\u202b\u202e\u2067\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of scripts that are written from right to left, and what turns others round."""
_ISOLATE, _END = "\u2068", "\u2069"


def as_markdown(value: object) -> str:
    """What a template's `{{ … }}` becomes: our own prose as it is, anything else with its markup escaped."""
    if isinstance(value, Prose):
        return value
    return isolated(escaped(str(value)))


def isolated(text: str) -> str:
    """Text that keeps its direction to itself: a Hebrew name turns neither its line nor the number behind it round."""
    if text.isascii():
        return text
    return "\n".join(f"{_ISOLATE}{line}{_END}" if _LEFTWARD.search(line) else line for line in text.split("\n"))


def escaped(text: str) -> str:
    """Text that CommonMark shows letter for letter."""
    return _AT_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", text))


def spans(text: str) -> Prose:
    """Text whose pieces between backticks are code, and whose other words stand letter for letter."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return Prose("".join(part if place % 2 else escaped(part) for place, part in enumerate(parts)))
