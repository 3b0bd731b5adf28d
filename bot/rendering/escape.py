"""Makes people's text safe to stand inside CommonMark."""

from __future__ import annotations

import re

from bot.domain.text import Prose

_INLINE = re.compile(r"([\\`*_\[\]<>&#|~])")
_AT_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[-+=]))([-+=.)])", re.MULTILINE)


def as_markdown(value: object) -> str:
    """What a template's `{{ … }}` becomes: our own prose as it is, anything else with its markup escaped."""
    if isinstance(value, Prose):
        return value
    return escaped(str(value))


def escaped(text: str) -> str:
    """Text that CommonMark shows letter for letter."""
    return _AT_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", text))


def spans(text: str) -> Prose:
    """Text whose pieces between backticks are code, and whose other words stand letter for letter."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return Prose("".join(part if place % 2 else escaped(part) for place, part in enumerate(parts)))
