"""CommonMark as Discord reads it."""

from __future__ import annotations

import re

from bot.rendering.markup import Dialect

ZERO_WIDTH = "\u200b"
_URL = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]'\"]")
_MARKS = re.compile(r"([\\*_~`|<>\[\]])")
_AT_START = re.compile(r"^(\s*)(#{1,3}|-#?|\+)(?=\s)", re.MULTILINE)
_EVERYONE = re.compile(r"@(?=everyone|here)")


def escape(text: str) -> str:
    """Text that Discord shows letter for letter: no markup, no mention, no preview under an address."""
    out, end = [], 0
    for match in _URL.finditer(text):
        out += [_plain(text[end : match.start()]), f"<{match[0]}>"]
        end = match.end()
    return "".join([*out, _plain(text[end:])])


def _plain(text: str) -> str:
    text = _MARKS.sub(r"\\\1", text)
    text = _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}", text)
    return _EVERYONE.sub(f"@{ZERO_WIDTH}", text)


def _code(text: str) -> str:
    # Two backticks let one stand inside; what looks like more of them is set apart.
    return f"`` {text.replace('``', f'`{ZERO_WIDTH}`')} ``" if "`" in text else f"`{text}`"


def _fence(language: str, code: str) -> str:
    name = language if re.fullmatch(r"[\w+#-]{1,20}", language) else ""
    return f"```{name}\n{code.replace('```', f'``{ZERO_WIDTH}`')}\n```"


def _link(words: str, href: str) -> str:
    # The angle brackets keep Discord from unfolding a preview under every address.
    address = href.replace(">", "%3E").replace("<", "%3C")
    if not href.startswith(("http://", "https://")):
        return words
    return f"<{address}>" if words in {href, f"<{href}>"} else f"[{words.strip('<>')}](<{address}>)"


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


DISCORD = Dialect(
    escape=escape, strong=("**", "**"), em=("*", "*"), code=_code, fence=_fence, link=_link, quote=_quote,
    heading=("### ", ""),
)  # fmt: skip
