"""The README's conversation: the terminal chat on a clock that stands still. Run it to write the README anew."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.terminal.chat import TerminalChat
from bot.adapters.terminal.screen import Screen
from bot.app import running
from bot.clock import ManualClock
from bot.domain.message import Sender
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
LINES = ("hi", "1", "what's next?", "done 1", "week 16", "progress")
THURSDAY_EVENING = datetime(2026, 11, 26, 18, 40, tzinfo=UTC)
_BLOCK = re.compile(r"(?<=```text\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def in_readme() -> str:
    """The conversation that the README shows."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    assert found, "the README has no ```text block"
    return found[0]


async def spoken(lines: Sequence[str], folder: Path) -> str:
    """The same conversation, held now: each line as typed at the prompt, and what the terminal shows."""
    shown = io.StringIO()
    clock = ManualClock(THURSDAY_EVENING)
    settings = Settings(database_url=f"sqlite:///{folder / 'milepost.db'}")

    async def typed() -> AsyncIterator[str]:
        for line in lines:
            shown.write(f"› {line}\n")
            yield line

    async with running(settings, clock) as app:
        chat = TerminalChat(app.mentor, clock, Screen(False), Sender("me", "Ada", zone="Europe/Berlin"), folder)
        with contextlib.redirect_stdout(shown):
            await chat.run(typed())
    return re.sub(r"\n{3,}", "\n\n", shown.getvalue()).strip() + "\n"


def write() -> None:
    """Put what is said now into the README."""
    with tempfile.TemporaryDirectory() as folder:
        said = asyncio.run(spoken(LINES, Path(folder)))
    README.write_text(_BLOCK.sub(lambda _: said, README.read_text(encoding="utf-8"), count=1), encoding="utf-8")


if __name__ == "__main__":
    write()
