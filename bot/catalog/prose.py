"""Prose without its code: words, sentences and how hard they are to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.catalog.fences import find_fences

_INLINE_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.+#%-]*")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])(?:[\"')\]*_]*)\s+|\n\s*\n")


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines outside fenced code with their numbers from 1; inline code is blanked, so that rules skip it."""
    inside = {n for fence in find_fences(text) for n in range(fence.line, fence.end + 1)}
    kept = "\n".join("" if n in inside else line for n, line in enumerate(text.split("\n"), 1))
    blanked = _INLINE_CODE.sub(lambda m: "`" + re.sub(r"[^\n]", "x", m[2]) + "`", kept)
    yield from enumerate(blanked.split("\n"), 1)


def count_words(text: str) -> int:
    """Words outside fenced code and headings; a piece of inline code is one word."""
    kept = _LINK.sub(r"\1", "\n".join(line for _, line in prose_lines(text) if not line.startswith("#")))
    return len(_WORD.findall(kept))


def sentences(text: str) -> list[str]:
    """The sentences of a text without headings, tables and fenced code. Inline code becomes one short word."""
    kept = "\n".join(_sentence_line(line) for _, line in prose_lines(text))
    plain = _LINK.sub(r"\1", re.sub(r"`+x[x\n]*`+", "code", kept))
    pieces = (" ".join(piece.split()) for piece in _SENTENCE_END.split(plain))
    return [piece for piece in pieces if _WORD.search(piece)]


def _sentence_line(line: str) -> str:
    if line.startswith("#") or line.lstrip().startswith("|") or _TABLE_RULE.match(line):
        return "\n"
    return re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "\n\n", line)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade: about the school year whose pupils read the text with ease."""
    told = sentences(text)
    words = [word for sentence in told for word in _LETTERS.findall(sentence)]
    if not words:
        return 0.0
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(told) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """The syllables of an English word, roughly: runs of vowels, without a silent e at the end."""
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    silent = lower.endswith(("e", "es", "ed")) and not lower.endswith(("le", "ted", "ded", "ses", "ces", "ges"))
    return max(1, count - silent)
