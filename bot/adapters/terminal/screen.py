"""How a reply looks in a terminal: bold and colour where the terminal can, plain lines through a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.message import Button, Rendered
from bot.rendering.markup import PLAIN, Dialect, convert

WIDTH = 78


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
    """Draws replies; `colour` says whether escape codes are welcome."""

    colour: bool

    def draw(self, reply: Rendered, numbered: Sequence[Button]) -> str:
        """The reply's words, then its buttons under the numbers to type."""
        text = convert(reply.text, ANSI if self.colour else PLAIN)
        pictures = "\n".join(f"→ {image.path}" for image in reply.images)
        parts = ["\n".join(self._wrapped(text)), pictures, self._buttons(numbered)]
        return "\n\n".join(part for part in parts if part)

    def _wrapped(self, text: str) -> list[str]:
        return [
            wrapped
            for line in text.split("\n")
            for wrapped in textwrap.wrap(line, WIDTH, break_on_hyphens=False) or [""]
        ]

    def _buttons(self, buttons: Sequence[Button]) -> str:
        drawn = [self._button(number, button.label) for number, button in enumerate(buttons, 1)]
        return "  ".join(drawn) if sum(map(len, drawn)) < WIDTH * 2 else "\n".join(drawn)

    def _button(self, number: int, label: str) -> str:
        mark = f"[{number}]"
        return f"{_coloured('33', mark) if self.colour else mark} {label}"
