"""Two kinds of text: prose that we wrote, and what people typed."""

from __future__ import annotations

import re
import unicodedata


class Prose(str):
    """CommonMark from the content folder. A plain `str` is somebody's data, and its markup is escaped."""

    __slots__ = ()


MAX_TEXT = 4000
"""Characters of a message that are read; of a longer one its beginning and its end."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"))


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Text without what databases and screens choke on: NUL and other controls, lone surrogates, overlong runs."""
    return _CONTROL.sub("", text[: limit * 2])[:limit].strip()


def both_ends(text: str, limit: int = MAX_TEXT) -> str:
    """A text that is too long without its middle: an error's last line says what it is."""
    half = limit // 2 - 1
    return text if len(text) <= limit else f"{text[:half]}\n\n{text[-half:]}"


def clean_name(name: str, limit: int = 40) -> str:
    """A name fit to show: one line, no direction overrides, no stacked accents, at most `limit` characters."""
    line = " ".join(clean(name.translate(_BIDI), limit * 4).split())
    return _few_marks(unicodedata.normalize("NFC", line))[:limit].strip()


def _few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= 2:
            kept.append(char)
    return "".join(kept)
