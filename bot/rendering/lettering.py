"""What of a text can be drawn with the fonts that come with Milepost, and how wide it is."""

from __future__ import annotations

import unicodedata

_SCRIPTS = (
    "LATIN", "GREEK", "CYRILLIC", "ARABIC", "DEVANAGARI", "HEBREW", "THAI", "COMBINING", "MODIFIER LETTER", "DIGIT",
)  # fmt: skip
_NARROW = frozenset("iIlj.,:;'|!`()[]{} ftr")
_BROAD = frozenset("WM@%mw\u2014\u2026")
_FULL_WIDTH = frozenset("WF")


def drawable(text: str) -> str:
    """A text without the signs and scripts that no shipped font has, which would be drawn as boxes; "" when nothing of
    its letters is left."""
    kept = "".join(char for char in unicodedata.normalize("NFC", text) if _has_font(char))
    line = " ".join(kept.split())
    needed = str.isalpha if any(map(str.isalpha, text)) else str.isalnum
    return line if any(map(needed, line)) else ""


def _has_font(char: str) -> bool:
    if char.isascii() or not char.isprintable():
        return char.isascii() or char in "\u200c\u200d"
    return unicodedata.category(char)[0] == "P" or unicodedata.name(char, "").startswith(_SCRIPTS)


def width(text: str) -> float:
    """How much room a text takes, in letters of middling width."""
    return sum(map(_wide, text))


def _wide(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if char in _NARROW:
        return 0.55
    if unicodedata.east_asian_width(char) in _FULL_WIDTH or char in _BROAD:
        return 1.8
    return 1.25 if char.isupper() else 1.0


def short(text: str, most: float) -> str:
    """A text that fits a place in a picture, wide letters counted as such: cut with an ellipsis."""
    if width(text) <= most:
        return text
    while text and width(text) > most - 1.0:
        text = text[:-1]
    return f"{text.rstrip()}…"
