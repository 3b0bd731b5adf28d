"""How a reply looks in a terminal: bold and colour where the terminal can, plain lines through a pipe."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.message import Button, Rendered
from bot.rendering.markup import PLAIN, Dialect, convert

WIDTH = 78
NARROWEST = 30
_CODES = re.compile(r"\x1b\[[\d;]*m")


def terminal_width() -> int:
    """How many columns the terminal has now, within what reads well."""
    return max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def folded(line: str, width: int) -> list[str]:
    """A line in as many as it needs. Escape codes take no room; a word that they colour is never broken."""
    if "\x1b" not in line:
        return textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    first, *words = line.split(" ")
    lines = [first]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if len(_CODES.sub("", longer)) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _ansi(code: str) -> tuple[str, str]:
    return f"\x1b[{code}m", "\x1b[0m"


def _coloured(code: str, text: str) -> str:
    before, after = _ansi(code)
    return f"{before}{text}{after}"


ANSI = Dialect(
    escape=lambda text: text, strong=_ansi("1"), em=_ansi("3"), code=lambda text: _coloured("36", text),
    fence=lambda _language, code: _coloured("36", code), link=lambda words, href: f"{words} ({_coloured('4', href)})",
    quote=lambda text: text, heading=_ansi("1"),
)  # fmt: skip


@dataclass(frozen=True)
class Screen:
    """Draws replies; `colour` says whether escape codes are welcome, `width` how many columns there are just now."""

    colour: bool
    width: Callable[[], int] = lambda: WIDTH

    def draw(self, reply: Rendered, numbered: Sequence[Button]) -> str:
        """The reply's words, then its buttons under the numbers to type."""
        text = convert(reply.text, ANSI if self.colour else PLAIN)
        pictures = "\n".join(f"→ {image.path}" for image in reply.images)
        parts = ["\n".join(self._wrapped(text)), pictures, self._buttons(numbered)]
        return "\n\n".join(part for part in parts if part)

    def _wrapped(self, text: str) -> list[str]:
        return [wrapped for line in text.split("\n") for wrapped in folded(line, self.width())]

    def _buttons(self, buttons: Sequence[Button]) -> str:
        drawn = [self._button(number, button.label) for number, button in enumerate(buttons, 1)]
        if len(drawn) > 1 and sum(map(len, drawn)) >= WIDTH * 2:
            return "\n".join(drawn)
        return "\n".join(self._rows(buttons, drawn))

    def _rows(self, buttons: Sequence[Button], drawn: Sequence[str]) -> list[str]:
        """Buttons side by side, in as many lines as they need."""
        rows: list[str] = []
        room = 0
        for number, (button, text) in enumerate(zip(buttons, drawn, strict=True), 1):
            length = len(f"[{number}] {button.label}")
            if rows and length + 2 <= room:
                rows[-1], room = f"{rows[-1]}  {text}", room - length - 2
            else:
                rows.append(text)
                room = self.width() - length
        return rows

    def _button(self, number: int, label: str) -> str:
        mark = f"[{number}]"
        text = "\n".join(textwrap.wrap(f"{mark} {label}", self.width(), subsequent_indent="    "))
        return text.replace(mark, _coloured("33", mark), 1) if self.colour else text
