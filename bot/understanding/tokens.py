"""Text cut into tokens: words, numbers, clocks, links, punctuation and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.folding import clean, fold

_SUFFIXES = "js|py|json|yaml|yml|csv|txt|md|ipynb|ts|jsx|tsx|html|css|pkl|h5|sql|toml|loc|iloc"
_DOMAINS = "com|io|app|dev|org|net|ai|co|me|xyz|site|page|tech|space|link"
_PATTERN = re.compile(
    rf"""
    (?P<mention><@[!&]?\d+>|(?<!\w)@[A-Za-z_]\w*)
  | (?P<url>(?:https?://|www\.)[^\s<>"']+|[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})(?:/[^\s<>"']*|(?![\w.])))
  | (?P<zone>[A-Za-z]+/[A-Za-z]+(?:_[A-Za-z]+)*(?:/[A-Za-z_]+)?)
  | (?P<offset>(?:utc|gmt)\s?[+-]\s?\d{{1,2}}(?::?\d{{2}})?)
  | (?P<clock>\d{{1,2}}[:.h]\d{{2}}(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{{1,2}}\s?[ap]\.?m\b\.?)
  | (?P<date>\d{{4}}-\d{{2}}-\d{{2}})
  | (?P<file>\w+\.(?:{_SUFFIXES})\b)
  | (?P<han>[\u3400-\u9fff])
  | (?P<number>\d+(?:\.\d+)?(?![0-9a-z\u00c0-\u024f\u0400-\u04ff]))
  | (?P<word>(?:[^\W_]|[\u0900-\u0903\u093a-\u094f\u0610-\u061a\u064b-\u065f\u0300-\u036f])
      (?:[^\W_\u3400-\u9fff]|['’‘`´ʼ](?=\w)|[\u0900-\u0903\u093a-\u094f\u0610-\u061a\u064b-\u065f\u0300-\u036f])*)
  | (?P<stop>[.!?;\n…。！？；؟।]+)
  | (?P<comma>[,،、，:])
  | (?P<symbol>[#%&+/\-–—=<>\[\]|]|(?<=\d)[*×÷^](?=\d)|(?<=\d\s)[*×÷^](?=\s\d))
  | (?P<picture>[\u23e9-\u23fa\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: its folded spelling, how it was typed, and what sort of piece it is."""

    text: str
    raw: str
    kind: str

    @property
    def is_break(self) -> bool:
        """Whether a sentence may end here."""
        return self.kind in ("stop", "comma")


def tokenize(text: str) -> list[Token]:
    """All tokens of a text in order; mentions of somebody and unknown marks are left out."""
    return [_token(m.lastgroup or "", m.group()) for m in _PATTERN.finditer(clean(text)) if m.lastgroup != "mention"]


def words_of(phrase: str) -> tuple[str, ...]:
    """The folded tokens of a phrase from a word list, as the key to find it by."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(map(fold, phrase.split()))
    return tuple(token.text for token in tokenize(phrase))


def _token(kind: str, raw: str) -> Token:
    if kind in ("word", "han", "zone", "file"):
        return Token(fold(raw), raw, kind)
    if kind in ("clock", "offset"):
        return Token(raw.casefold().replace(" ", ""), raw, kind)
    return Token(raw, raw, kind)
