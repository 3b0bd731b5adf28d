"""One spelling for what people type in many: case, accents, digits and marks folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xFE0E, 0xFE0F, 0x00AD])
_MARKS = dict.fromkeys([*range(0x0300, 0x0370), *range(0x064B, 0x0656), 0x0670, 0x0640, 0x093C])
# Letters that writers of Arabic and Hindi use for one another.
_SAME = {0x0649: "ي", 0x0629: "ه", 0x0901: "\u0902", 0x00DF: "ss", 0x0131: "i", 0x00F8: "o", 0x0142: "l"}
_QUOTES = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
_DIGITS = {zero + n: str(n) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10) for n in range(10)}
_FOLD = _MARKS | _SAME | _QUOTES | _DIGITS
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


def clean(text: str) -> str:
    """Drop what cannot be seen or encoded, and give each character its ordinary form."""
    text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_DIGITS)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """The comparable spelling of a word: `¿Qué`, `QUE` and `que` become one."""
    word = unicodedata.normalize("NFD", word.casefold()).translate(_FOLD)
    return _REPEATED.sub(r"\1\1", unicodedata.normalize("NFC", word))
