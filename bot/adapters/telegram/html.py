"""Telegram's HTML: CommonMark in it, and long texts cut into messages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from bot.rendering.markup import Dialect, convert

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_TOKEN = re.compile(r"<[^>]*>|&[^;\s]*;|.", re.DOTALL)
_AT = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>|https?://[^\s<]+|(?<!\w)@(?=\w)", re.DOTALL)
_JOINER = "\u2060"
_SCHEMES = ("http://", "https://", "tg://", "mailto:")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _code(text: str) -> str:
    return f"<code>{_escape(text)}</code>"


def _fence(language: str, code: str) -> str:
    name = re.sub(r"[^\w+#.-]", "", language)
    return f'<pre><code class="language-{name}">{_escape(code)}</code></pre>' if name else f"<pre>{_escape(code)}</pre>"


def _link(words: str, href: str) -> str:
    if not href.startswith(_SCHEMES):
        return words
    return f'<a href="{html.escape(href)}">{words}</a>'


def _quote(inner: str) -> str:
    flat = inner.replace("<blockquote>", "").replace("</blockquote>", "")  # Telegram knows no quote inside a quote
    return f"<blockquote>{flat}</blockquote>"


HTML = Dialect(
    escape=_escape, strong=("<b>", "</b>"), em=("<i>", "</i>"), code=_code, fence=_fence, link=_link, quote=_quote,
    heading=("<b>", "</b>"),
)  # fmt: skip


def units(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def shown(markup: str) -> str:
    """The words of a piece of markup, without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def unpinged(markup: str) -> str:
    """The same markup, in which nobody is called by name: an `@name` that somebody typed rings their phone otherwise.
    Addresses and code, where Telegram sees no names, stay as they are."""
    return _AT.sub(lambda found: f"@{_JOINER}" if found[0] == "@" else found[0], markup)


def pages(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """CommonMark as one or more messages' worth of HTML, each whole in itself."""
    return cut(convert(text, HTML), limit)


def cut(markup: str, limit: int = TEXT_LIMIT) -> list[str]:
    """HTML as one or more messages' worth, each whole in itself; none for markup without words."""
    if len(markup) <= limit or units(shown(markup)) <= limit:
        return [markup] if markup else []
    return [page for page in _cut(_TOKEN.findall(markup), limit) if shown(page).strip()]


def _cut(tokens: list[str], limit: int) -> Iterator[str]:
    """Pages one by one; tags open at a cut are closed there and opened again on the next page."""
    while tokens:
        end = _end(tokens, limit)
        head, tail = tokens[:end], tokens[end:]
        still_open = _open(head)
        yield "".join(head).strip() + "".join(f"</{_name(tag)}>" for tag in reversed(still_open))
        tokens = [*still_open, *tail] if tail else []


def _end(tokens: Sequence[str], limit: int) -> int:
    """Where a page ends: at the best kind of break that leaves it at least half full, else where it is full."""
    length, stack, breaks = 0, list[str](), dict[int, int]()
    for index, token in enumerate(tokens):
        stack = _after(stack, token)
        length += 0 if _is_tag(token) else units(html.unescape(token))
        if length > limit:
            good = [at for _, at in sorted(breaks.items(), reverse=True) if at * 2 > index]
            return good[0] if good else index
        if rank := _rank(token, tokens[index - 1] if index else "", bool(stack)):
            breaks[rank] = index + 1
    return len(tokens)


def _rank(token: str, before: str, tagged: bool) -> int:
    """How good a place to cut lies behind a token: between blocks, lines, words; inside a tag least of all."""
    if token == "\n":  # noqa: S105 - a token of markup
        return 2 if tagged else 4 + (before == "\n")
    return {" ": 1 if tagged else 3}.get(token, 0)


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token.startswith("<")


def _name(tag: str) -> str:
    return tag.strip("</>").split()[0]


def _after(stack: list[str], token: str) -> list[str]:
    if not _is_tag(token):
        return stack
    return stack[:-1] if token.startswith("</") else [*stack, token]


def _open(tokens: Sequence[str]) -> list[str]:
    stack: list[str] = []
    for token in tokens:
        stack = _after(stack, token)
    return stack
