"""Lines from a keyboard or a pipe, without blocking the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TextIO


async def piped_lines(stream: TextIO) -> AsyncIterator[str]:
    """Lines of a pipe or file, as they come."""
    while line := await asyncio.to_thread(stream.readline):
        yield line


async def keyboard_lines(history: Path) -> AsyncIterator[str]:
    """Lines typed at a prompt with editing and history. Pushes may appear above it while somebody types."""
    # Imported here so that a pipe, the bridge and --help never pay for it.
    from prompt_toolkit import PromptSession  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory  # noqa: PLC0415
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

    history.parent.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession("› ", history=FileHistory(str(history)))
    with patch_stdout(raw=True):
        while True:
            try:
                yield await session.prompt_async()
            except (EOFError, KeyboardInterrupt):
                return
