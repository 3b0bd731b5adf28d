"""Time zones by the names people give them: cities, countries, abbreviations, IANA names, offsets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files

from bot.understanding.lexicon import Lexicon, Trie
from bot.understanding.tokens import Token, words_of

_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_OFFSET = re.compile(r"(?:utc|gmt)([+-])(\d{1,2})(?::?(\d{2}))?")
_ODD_OFFSETS = {"+530": "Asia/Kolkata", "+545": "Asia/Kathmandu", "+330": "Asia/Tehran", "+430": "Asia/Kabul",
                "+630": "Asia/Yangon", "+930": "Australia/Darwin", "-330": "America/St_Johns"}  # fmt: skip
_SHORT = 4
NOWHERE = "Factory"
"""A zone for machines that nobody has set; no one lives there."""


def zone_names() -> tuple[str, ...]:
    """Every zone of the tz database that the program ships with."""
    shipped = files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return tuple(name for name in shipped if name != NOWHERE)


class Places:
    """Finds time zones in tokens. Names that are everyday words need a word such as `timezone` beside them."""

    def __init__(
        self,
        places: Mapping[str, Sequence[str]],
        zones: Sequence[str],
        everyday: Collection[str],
        words: Collection[str],
    ) -> None:
        self._zones = {zone.casefold(): zone for zone in zones}
        self._trie: Trie[str] = Trie()
        self._everyday = everyday
        for zone, names in places.items():
            for name in names:
                self._trie.add(words_of(name), zone)
        for zone in zones:
            self._add_city(zone, words)

    def _add_city(self, zone: str, words: Collection[str]) -> None:
        area, _, rest = zone.partition("/")
        city = rest.rpartition("/")[2].replace("_", " ")
        if area in _AREAS and len(city) > _SHORT and city.casefold() not in words:
            self._trie.add(words_of(city), zone)

    def words(self) -> set[str]:
        """Every word that the name of a place is made of."""
        return self._trie.words()

    def named_in(self, tokens: Sequence[Token]) -> bool:
        """Whether any place is named, whatever stands around it."""
        return any(t.kind in ("zone", "offset") or self._trie.match(tokens, at) for at, t in enumerate(tokens))

    def at(self, tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
        """The zone named at a place, and how many tokens the name takes."""
        token = tokens[at]
        if token.kind == "zone" and token.raw.casefold() in self._zones:
            return self._zones[token.raw.casefold()], 1
        if token.kind == "offset":
            return _offset(token.text), 1
        found = self._trie.match(tokens, at)
        if not found or (found[1] == 1 and not self._clear(tokens, at, lexicon)):
            return None
        return found

    def _clear(self, tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
        word, typed = tokens[at].text, tokens[at].raw
        plain = len(word) >= _SHORT or not word.isascii() or (typed.isupper() and len(typed) > 1)
        if plain and (word not in self._everyday or _is_initials(tokens, at)):
            return True
        return any(lexicon.flag("zone_words", tokens, place) for place in range(len(tokens)))


def _is_initials(tokens: Sequence[Token], at: int) -> bool:
    """`EST` in a line that is not all capitals."""
    typed = tokens[at].raw
    return 1 < len(typed) <= _SHORT and typed.isupper() and any(token.raw.islower() for token in tokens)


def _offset(text: str) -> str:
    match = _OFFSET.fullmatch(text)
    if not match:
        return "UTC"
    sign, hours, minutes = match[1], int(match[2]), match[3] or "00"
    if minutes != "00":
        return _ODD_OFFSETS.get(f"{sign}{hours}{minutes}", "UTC")
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
