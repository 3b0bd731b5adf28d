"""Reads content's YAML strictly: what is written is what is meant, and every value knows its line.

A scalar without quotes is `true`, `false`, `null`, or a number in its one plain spelling; everything else is
text, so `no`, `19:00`, `010` and `1.10` stay as written. No anchors, no tags, no duplicate keys, no deep nests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.catalog.problems import ContentError, Lines, YamlPath

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

# A stray byte such as a control character fails in libyaml's reader, which knows no line.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class YamlSource:
    """A file's data, and the line of each value by its path, such as `("weeks", 3, "guide", "hours")`."""

    file: str
    value: Plain
    lines: Lines


def read_yaml(path: Path, name: str = "") -> YamlSource:
    """Read a file; `name` is what problems call it."""
    return parse_yaml(read_text(path, name), name or str(path))


def read_text(path: Path, name: str = "") -> str:
    """A content file's text, when it is a small UTF-8 file."""
    file = name or str(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(file, 1, f"cannot be read: {error.strerror}", "Check that it exists.") from error
    if len(content) > MAX_BYTES:
        raise ContentError(file, 1, f"the file is over {MAX_BYTES // 1024} KiB", "Split it into smaller files.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ContentError(file, line, "this is not UTF-8 text", "Save the file as UTF-8.") from error


def parse_yaml(text: str, file: str, first_line: int = 1) -> YamlSource:
    """Read YAML that starts in line `first_line` of a file."""
    builder = _Builder(file, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.refuse(mark.line if mark else 0, f"this is not YAML: {error.problem}", "Check the quotes and indents.")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        builder.refuse(line, "a character that text may not hold", "Remove the control character.")
    return YamlSource(file, builder.value, builder.lines)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    into: list[Plain] | dict[str, Plain]
    path: YamlPath
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Turns a stream of events into data, without recursion: a hostile nest costs nothing."""

    file: str
    first_line: int
    value: Plain = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    nest: list[_Open] = field(default_factory=list)
    documents: int = 0

    def refuse(self, line: int, problem: str, remedy: str) -> None:
        """Stop reading, with the line in the file."""
        raise ContentError(self.file, line + self.first_line, problem, remedy)

    def take(self, event: yaml.Event) -> None:
        """Take in one event."""
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.NodeEvent):
            self._check(event, line)
        match event:
            case yaml.DocumentStartEvent():
                self._start_document(line)
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.SequenceStartEvent():
                self._open([], line)
            case yaml.MappingStartEvent():
                self._open({}, line)
            case yaml.CollectionEndEvent():
                self.nest.pop()

    def _check(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self.refuse(line, f"`{event.anchor}` is an anchor or alias", "Write the value out where it is needed.")
        if getattr(event, "tag", None):
            self.refuse(line, f"`{event.tag}` is a tag", "Remove the tag.")  # type: ignore[attr-defined]

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse(line, "a second document starts here", "Keep one document in a file.")

    def _open(self, into: list[Plain] | dict[str, Plain], line: int) -> None:
        if len(self.nest) >= MAX_DEPTH:
            self.refuse(line, f"lists and mappings are nested over {MAX_DEPTH} deep", "Write it flatter.")
        self.nest.append(_Open(into, self._place(into, line)))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        holder = self.nest[-1] if self.nest else None
        if holder and isinstance(holder.into, dict) and holder.key is None:
            self._key(holder, event.value, line)
        else:
            self._place(event.value if event.style else _plain(event.value), line)

    def _key(self, holder: _Open, key: str, line: int) -> None:
        if key in holder.into:
            self.refuse(line, f"`{key}` is given twice", "Keep one of the two.")
        holder.key = key
        self.lines[(*holder.path, key)] = line + self.first_line

    def _place(self, value: Plain, line: int) -> YamlPath:
        """Put a value where it belongs and return its path."""
        if not self.nest:
            self.value = value
            self.lines[()] = line + self.first_line
            return ()
        holder = self.nest[-1]
        if isinstance(holder.into, list):
            path: YamlPath = (*holder.path, len(holder.into))
            self.lines[path] = line + self.first_line
            holder.into.append(value)
            return path
        if holder.key is None:
            self.refuse(line, "a list or mapping is used as a key", "Use a word as the key.")
        key, holder.key = str(holder.key), None
        holder.into[key] = value
        return (*holder.path, key)


def _plain(text: str) -> Plain:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    # A number spelled in any other way stays text: `1.10` may be a version. Models that want a number take it.
    if _FLOAT.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return text
