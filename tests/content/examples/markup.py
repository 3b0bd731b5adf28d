"""Reads an HTML block: every tag that opens must close, in order. Scripts and styles inside are handed on."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_Attributes = list[tuple[str, str | None]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int, str]] = []
        self.problems: list[str] = []
        self.inner: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        names = [name for name, _ in attrs]
        for name in {name for name in names if names.count(name) > 1}:
            self.problems.append(f"<{tag}> has {name} twice, in line {self.getpos()[0]} of the block")
        if tag not in _VOID:
            self.open.append((tag, self.getpos()[0], _language(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        if tag not in _VOID and not any(name in ("svg", "math") for name, _, _ in self.open):
            self.problems.append(f"<{tag} /> does not close itself in HTML; write <{tag}></{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
            return
        awaited = f"</{self.open[-1][0]}>" if self.open else "nothing"
        self.problems.append(f"</{tag}> in line {self.getpos()[0]} of the block, where {awaited} is awaited")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][2] and data.strip():
            self.inner.append((self.open[-1][2], data))


def _language(tag: str, attributes: dict[str, str | None]) -> str:
    if tag == "style":
        return "css"
    kind = attributes.get("type") or ""
    if tag != "script" or "json" in kind or "importmap" in kind:
        return ""
    return "jsx" if "babel" in kind else "javascript"


def html_problem(code: str) -> str:
    """What is wrong with a piece of HTML, in words, or an empty string."""
    reader = _read(code)
    unclosed = [f"<{tag}> in line {line} of the block is never closed" for tag, line, _ in reader.open]
    return "; ".join((reader.problems or unclosed)[:1])


def inner_code(code: str) -> Iterator[tuple[str, str]]:
    """The language and text of each script and style inside a piece of HTML."""
    yield from _read(code).inner


def _read(code: str) -> _Reader:
    reader = _Reader()
    reader.feed(code)
    reader.close()
    return reader
