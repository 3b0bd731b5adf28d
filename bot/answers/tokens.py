"""From text to the terms that are looked up: stems of words, and code and error tokens as they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # it ships no type information

_WORD = re.compile(r"[^\W_]+(?:[._+#'’/-]+[^\W_]+|_+[^\W_]+)*[+#]*|/[a-z]+")
_PART = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LONGEST = 40
"""A word that is longer is none."""
_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """A word without its endings."""
    return str(_STEMMER.stemWord(word)) if len(word) > 2 else word


def folded(text: str) -> str:
    """Text in its ordinary form: composed, with plain quotes."""
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case. What is joined (`scikit-learn`, `useEffect`) comes whole, then in parts."""
    for match in _WORD.finditer(folded(text)):
        word = match[0]
        if len(word) <= LONGEST:
            yield from _split(word)


@lru_cache(maxsize=32768)
def _split(word: str) -> tuple[str, ...]:
    low = word.lower()
    if "'" in low:
        return (low.replace("'", ""),)
    parts = tuple(_PART.findall(" ".join(_CAMEL.split(word)).lower()))
    if low.isalnum() and len(parts) < 2:
        return (low,)
    joined = re.sub(r"[^\w+#]|_", "", low)
    return tuple(dict.fromkeys((joined, *parts))) if parts else (joined,)


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]
