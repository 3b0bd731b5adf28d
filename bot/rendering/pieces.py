"""Cuts a long text where a reader would: between blocks, else between lines, else between words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

FENCE = "```"


def utf16(text: str) -> int:
    """The length of a text as platforms count it that think in UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)


def packed(blocks: Iterable[str], limit: int, size: Callable[[str], int] = utf16) -> list[str]:
    """Blocks put together into as few texts as fit the limit, in order. A block alone too long is cut."""
    pieces: list[str] = []
    for block in blocks:
        for part in _cut(block, limit, size):
            joined = f"{pieces[-1]}\n\n{part}" if pieces else part
            if pieces and size(joined) <= limit:
                pieces[-1] = joined
            else:
                pieces.append(part)
    return pieces


def _cut(block: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    if size(block) <= limit:
        yield block
        return
    lines = block.split("\n")
    head, tail = (lines[0], FENCE) if block.startswith(FENCE) else ("", "")
    body = lines[1:-1] if head else lines
    room = limit - (size(head) + size(tail) + 2 if head else 0)
    for part in _gathered(body, room, size):
        yield f"{head}\n{part}\n{tail}" if head else part


def _gathered(lines: Iterable[str], limit: int, size: Callable[[str], int]) -> Iterator[str]:
    held = ""
    for line in (short for long in lines for short in _short(long, limit, size)):
        joined = f"{held}\n{line}" if held else line
        if size(joined) > limit:
            yield held
            joined = line
        held = joined
    if held:
        yield held


def _short(line: str, limit: int, size: Callable[[str], int]) -> Iterator[str]:
    while size(line) > limit:
        end = _fitting(line, limit, size)
        space = line.rfind(" ", end // 2, end)
        end = space if space > 0 else end
        yield line[:end]
        line = line[end:].lstrip(" ")
    yield line


def _fitting(line: str, limit: int, size: Callable[[str], int]) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(line[:middle]) <= limit else (low, middle - 1)
    return low
