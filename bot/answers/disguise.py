"""Text as it is meant: without invisible signs, accents and spellings that only hide it, and what is encoded in it."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator

_SPACES = re.compile(r"\s+")
_SPELLED = re.compile(r"\b(?:[a-z][ .\-_*]){3,}[a-z]\b")
_NUMERALS = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"\b(?=\w*[a-z])(?=[\w@$]*[013457@$])[\w@$]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"\b(?:[0-9a-fA-F]{2}[ :]?){8,}\b")
LONGEST = 4000
"""As much as is read of a message, so that nothing stands where nobody looks; and twice as much of what unfolds."""


def plain(text: str) -> str:
    """Lower case, one space between words, plain quotes, no accents, nothing invisible."""
    text = unicodedata.normalize("NFKD", text[:LONGEST])[: 2 * LONGEST].lower()
    shown = (sign for sign in text if not "\u0300" <= sign <= "\u036f" and unicodedata.category(sign) != "Cf")
    quotes = "".join(shown).replace("\u2018", "'").replace("\u2019", "'").replace("`", "'")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", quotes)).strip()


def meant(text: str) -> Iterator[str]:
    """A text in plain, then each other way to read it that makes a difference."""
    read = plain(text)
    yield read
    spelled = _SPELLED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), read)
    numerals = _MIXED.sub(lambda match: match[0].translate(_NUMERALS), spelled)
    yield from (other for other in dict.fromkeys((spelled, numerals)) if other != read)
    if len(read) > 12:
        yield from (codecs.encode(read, "rot13"), read[::-1], codecs.encode(read[::-1], "rot13"))
    yield from (plain(hidden) for hidden in _decoded(text[:LONGEST]))


def _decoded(text: str) -> Iterator[str]:
    """What is written in a text in base 64 or in hexadecimal digits, where it is text."""
    for match in _BASE64.finditer(text):
        body = match[0].rstrip("=")
        yield from _as_text(base64.urlsafe_b64decode, body.replace("+", "-").replace("/", "_") + "=" * (-len(body) % 4))
    for match in _HEX.finditer(text):
        yield from _as_text(bytes.fromhex, match[0].replace(":", " "))


def _as_text(decode: object, body: str) -> Iterator[str]:
    assert callable(decode)
    try:
        hidden = decode(body).decode()
    except (binascii.Error, ValueError):
        return
    if hidden.isprintable() and " " in hidden:
        yield hidden
