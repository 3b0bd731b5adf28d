"""Whole lines that mean a command, as a file lists them: exact where no likeness would be near enough."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.folding import clean, fold

LONGEST = 600
"""Characters; a question for one's group is the longest that is said so."""
_MARKS = "?!.,:;"
_WHEN = r"(?:\w*days?|\d\S*|on|at|[ap]m)"
_SAID = {
    "{rest}": r"(?P<said>.+)",
    "{name}": r"(?P<said>(?:@|[^\W\d])\S*(?: \S+)??)",
    "{number}": r"(?P<said>\d{1,2})",
    "{hours}": r"(?P<said>\d{1,2}) ?(?:h|hrs?|hours?)",
    "{when}": rf"(?P<said>{_WHEN}(?: {_WHEN}){{0,4}})",
}
"""What stands for the words that are said to a command: any, a name of one word or two, a day and an hour."""


class Sentences:
    """The lines of a file, each with the command it means."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        parts = {name: _either([_plain(one) for one in listed]) for name, listed in said.get("parts", {}).items()}
        self._lines = [
            (name, line, re.compile(_pattern(line, parts)))
            for name, lines in said.get("lines", {}).items()
            for line in lines
        ]
        self._never = frozenset(_plain(word) for word in said.get("never", ()))

    def command_in(self, text: str) -> str:
        """The command line that a text means as a whole; "" when it is none of these."""
        if len(text) > LONGEST:
            return ""
        words = [(_plain(word), word) for word in clean(text).split()]
        words = [(plain, word) for plain, word in words if plain]
        line = " ".join(plain for plain, _ in words)
        for name, spoken, pattern in self._lines:
            found = pattern.fullmatch(line)
            said = _said(found, [word for _, word in words]) if found else []
            if "{when}" in spoken:
                said = _as_typed(said)
            if found and not ("{name}" in spoken and self._never & {_plain(word) for word in said}):
                return " ".join([name, *said]).rstrip(".!")
        return ""


def _said(found: re.Match[str], words: list[str]) -> list[str]:
    """The words that a line says to its command, as they were typed."""
    if not found.groupdict().get("said"):
        return []
    start = found.string[: found.start("said")].count(" ")
    end = start + len(found["said"].split())
    said = words[start:end]
    return said if end == len(words) else [*said[:-1], said[-1].rstrip(_MARKS)]


def _as_typed(said: Sequence[str]) -> list[str]:
    """A day and an hour as the command takes them: `fridays at 6 pm` is `fridays 6pm`, and `at 10` is `10:00`."""
    words = re.sub(r"(\d) ([ap]m)\b", r"\1\2", " ".join(said).lower()).split()
    return [f"{word}:00" if word.isdigit() else word for word in words if word not in ("on", "at")]


def _pattern(line: str, parts: Mapping[str, str]) -> str:
    """A line of the file as a pattern over plain words with single spaces."""
    pieces = re.findall(r"\[[^\]]*\]|\S+", line)
    made = ""
    for number, piece in enumerate(pieces):
        optional = piece.startswith("[")
        inner = " ".join(_word(word, parts) for word in piece.strip("[]").split())
        last = number == len(pieces) - 1
        # A space belongs to what may be left out: before it at the end of a line, behind it elsewhere.
        if optional:
            made += f"(?:{inner} )?" if not last and not _only_optional(pieces[number:]) else f"(?: {inner})?"
        else:
            made += inner + ("" if last or _only_optional(pieces[number + 1 :]) else " ")
    return made


def _only_optional(pieces: list[str]) -> bool:
    return all(piece.startswith("[") for piece in pieces)


def _word(word: str, parts: Mapping[str, str]) -> str:
    if word in _SAID:
        return _SAID[word]
    name = re.fullmatch(r"\{(\w+)\}", word)
    return parts[name[1]] if name else re.escape(_plain(word))


def _either(said: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in sorted(said, key=len, reverse=True))})"


def _plain(text: str) -> str:
    return " ".join(fold(word).strip(_MARKS) for word in clean(text).split())


def sentences(file: Path) -> Sentences:
    """What a file lists; nothing where there is none."""
    return Sentences(yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {})
