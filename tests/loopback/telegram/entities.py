"""Telegram's HTML mode, as strict as the real server: one wrong tag refuses the whole message."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_TOKEN = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);|([<&])|([^<&]+)", re.DOTALL)
_HREF = re.compile(r'\s+href="([^"]*)"')
_LANGUAGE = re.compile(r'\s+class="language-[\w+#.-]+"')


class BadEntities(Exception):
    """The markup is wrong."""


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Parser:
    """Walks over the markup once."""

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)

    def feed(self, source: str) -> None:
        for match in _TOKEN.finditer(source):
            closing, tag, attributes, entity, stray, text = match.groups()
            if stray:
                self._stray(stray, match.start())
            elif tag:
                self._close(tag, match.start()) if closing else self._begin(tag, attributes, match.start())
            else:
                self.text += html.unescape(f"&{entity};") if entity else text
        if self.open:
            raise BadEntities(f'can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')

    def _stray(self, char: str, at: int) -> None:
        if char == "<":
            raise BadEntities(f'unsupported start tag "" at byte offset {at}')
        self.text += char  # a lone ampersand is let through

    def _begin(self, tag: str, attributes: str, at: int) -> None:
        if tag not in TYPES:
            raise BadEntities(f'unsupported start tag "{tag}" at byte offset {at}')
        inside = [name for name, _, _ in self.open]
        if ("pre" in inside and tag != "code") or ("code" in inside):
            raise BadEntities(f'tag "{tag}" inside code at byte offset {at}')
        if tag == "blockquote" and "blockquote" in inside:
            raise BadEntities(f"nested blockquote at byte offset {at}")
        self.open.append((tag, units(self.text), self._extra(tag, attributes, at)))

    def _extra(self, tag: str, attributes: str, at: int) -> dict[str, Any]:
        if tag == "a":
            href = _HREF.fullmatch(attributes)
            if not href:
                raise BadEntities(f"bad attributes in tag a at byte offset {at}")
            return {"url": html.unescape(href[1])}
        if attributes and not (tag == "code" and _LANGUAGE.fullmatch(attributes)):
            raise BadEntities(f"bad attributes in tag {tag} at byte offset {at}")
        return {}

    def _close(self, tag: str, at: int) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadEntities(f'unexpected end tag at byte offset {at}, found "</{tag}>"')
        name, start, extra = self.open.pop()
        if length := units(self.text) - start:
            self.entities.append({"type": TYPES[name], "offset": start, "length": length, **extra})


def parse(source: str, mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The visible text and its entities. Raises `BadEntities`."""
    if mode is None:
        return source.strip(), []
    if mode != "HTML":
        raise BadEntities(f"unsupported parse_mode {mode}")
    parser = Parser()
    parser.feed(source)
    return parser.text.strip(), parser.entities


def typed(text: str) -> list[dict[str, Any]]:
    """The entities the server finds by itself in what people type."""
    found = []
    for kind, pattern in (("bot_command", r"(?<!\S)/[a-zA-Z0-9_]{1,32}(?:@\w+)?"), ("mention", r"(?<!\w)@\w{4,32}")):
        for match in re.finditer(pattern, text):
            found += [{"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}]
    return found
