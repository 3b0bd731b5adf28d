"""Hears whether somebody asks after somebody else, by the sentences a file lists: no model, since names are unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.folding import clean, fold

LONGEST = 120
"""Characters; who asks after somebody says it shortly."""
_OWNS = re.compile(r"['’‘`´ʼ]s\b", re.IGNORECASE)
_NAME = r"(\S+(?: \S+){0,3}?)"


class PeopleAskedAfter:
    """The sentences in which people ask after somebody, and who it is that they name."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._shorts = {_plain(short): _plain(long) for short, long in said.get("shorts", {}).items()}
        self._never = frozenset(said.get("never", ()))
        begins, ends = (_any_of(map(_plain, said.get(where, ()))) for where in ("begins", "ends"))
        asks = _any_of(said.get("asks", ()), named=True)
        self._asked = re.compile(rf"(?:{begins} )?{asks}(?: {ends})?")

    def name_in(self, text: str) -> str:
        """The name of whoever is asked after, folded; "" when this is no such question."""
        if len(text) > LONGEST:
            return ""
        words = f" {_plain(text)} "
        for short, long in self._shorts.items():
            words = words.replace(f" {short} ", f" {long} ")
        found = self._asked.fullmatch(words.strip())
        name = next((name for name in found.groups() if name), "") if found else ""
        return "" if self._never & set(name.split()) else name

    def goes_by(self, said: str, shown: str) -> bool:
        """Whether a name as it was heard is the one somebody goes by, or the first word of it."""
        name = _plain(shown)
        return said in (name, name.partition(" ")[0])


def _plain(text: str) -> str:
    """Words alone, folded; what makes somebody's own of a thing is a word too."""
    return " ".join(re.sub(r"[?!.,]+(?=\s|$)", " ", fold(_OWNS.sub(" s", clean(text)))).split())


def _any_of(said: Iterable[str], *, named: bool = False) -> str:
    """One of these, as a pattern; when they are `named`, with a place for the name in each."""
    made = [re.escape(_plain(one.replace("{name}", "NAME"))).replace("name", _NAME, named) for one in said]
    return f"(?:{'|'.join(made) or '(?!)'})"


def people_asked_after(file: Path) -> PeopleAskedAfter:
    """What a file of sentences hears; nothing where there is none."""
    return PeopleAskedAfter(yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {})
