"""CommonMark to a platform's own markup: one walk over the tokens, one small dialect a platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a platform writes what CommonMark means.

    `escape` makes plain text safe; `strong`, `em`, `strike` and `code` are what stands before and after;
    `link` takes the words and the address; `fence` takes the language and the code.
    """

    escape: Callable[[str], str]
    strong: tuple[str, str]
    em: tuple[str, str]
    code: Callable[[str], str]
    fence: Callable[[str, str], str]
    link: Callable[[str, str], str]
    quote: Callable[[str], str]
    heading: tuple[str, str]
    bullet: str = "• "
    newline: str = "\n"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def convert(text: str, dialect: Dialect) -> str:
    """The text in a platform's markup. Blocks are set apart by one blank line, single line breaks are kept."""
    return "\n\n".join(blocks(text, dialect))


def blocks(text: str, dialect: Dialect) -> list[str]:
    """The paragraphs, lists and code blocks of a text, each in a platform's markup: where a long text may be cut."""
    return _blocks(_parser().parse(text), dialect)


def plain(text: str) -> str:
    """The text with its markup taken off: what a screen that knows no markup should show."""
    return convert(text, PLAIN)


def _blocks(tokens: Sequence[Token], dialect: Dialect) -> list[str]:
    """Top-level blocks, each already converted."""
    blocks: list[str] = []
    index = 0
    while index < len(tokens):
        end = _closing(tokens, index)
        blocks.append(_block(tokens[index : end + 1], dialect))
        index = end + 1
    return blocks


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _block(tokens: Sequence[Token], dialect: Dialect) -> str:
    first, inner = tokens[0], tokens[1:-1]
    return _BLOCKS.get(first.type, _unknown)(first, inner, dialect)


def _unknown(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    return dialect.escape(first.content)


def _paragraph(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    return "".join(_inline(token.children or [], dialect) for token in inner)


def _heading(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    before, after = dialect.heading
    return before + _paragraph(first, inner, dialect) + after


def _fence(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    language = first.info.split()[0] if first.info.strip() else ""
    return dialect.fence(language, first.content.rstrip("\n"))


def _quote(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    return dialect.quote("\n\n".join(_blocks(inner, dialect)))


def _list(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    start = int(first.attrGet("start") or 1) if first.type.startswith("ordered") else None
    items: list[str] = []
    index = 0
    while index < len(inner):
        end = _closing(inner, index)
        mark = dialect.bullet if start is None else f"{start + len(items)}. "
        body = "\n".join(_blocks(inner[index + 1 : end], dialect)).replace("\n", "\n   ")
        items.append(mark + body)
        index = end + 1
    return "\n".join(items)


def _rule(first: Token, inner: Sequence[Token], dialect: Dialect) -> str:
    return "———"


_BLOCKS: Mapping[str, Callable[[Token, Sequence[Token], Dialect], str]] = {
    "paragraph_open": _paragraph, "heading_open": _heading, "fence": _fence, "code_block": _fence,
    "blockquote_open": _quote, "bullet_list_open": _list, "ordered_list_open": _list, "hr": _rule,
}  # fmt: skip


def _inline(tokens: Sequence[Token], dialect: Dialect) -> str:
    out: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((len(out), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, href = links.pop()
            out[start:] = [dialect.link("".join(out[start:]), href)]
        else:
            out.append(_span(token, dialect))
    return "".join(out)


def _span(token: Token, dialect: Dialect) -> str:
    match token.type:
        case "strong_open" | "strong_close":
            return dialect.strong[token.type == "strong_close"]
        case "em_open" | "em_close":
            return dialect.em[token.type == "em_close"]
        case "code_inline":
            return dialect.code(token.content)
        case "softbreak" | "hardbreak":
            return dialect.newline
        case _:
            return dialect.escape(token.content)


def _same(text: str) -> str:
    return text


PLAIN = Dialect(
    escape=_same, strong=("", ""), em=("", ""), code=_same, fence=lambda _language, code: code,
    link=lambda words, href: words if words == href else f"{words} ({href})", quote=_same, heading=("", ""),
)  # fmt: skip
