"""An example of a note: a fenced block, what it must print, and how it is to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.catalog.fences import Fence, find_fences, too_deep

PARSED = ("javascript", "jsx", "html", "css", "json", "yaml", "toml", "dockerfile", "bash", "ini")
_FLAGS = {"python": {"raises", "no-run"}, "sql": {"raises"}}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one example: fine when `problem` is empty."""

    path: Path
    line: int
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Example:
    """One block to run or to parse. `line` is that of its opening fence."""

    path: Path
    line: int
    language: str
    code: str
    flags: frozenset[str] = frozenset()
    file: str = ""
    output: str | None = None

    def verdict(self, problem: str = "") -> Verdict:
        """This example's verdict."""
        return Verdict(self.path, self.line, problem)


def read_examples(path: Path, text: str) -> Iterator[Example | Verdict]:
    """The examples of a note in order, and a failing verdict for each block that is marked wrongly."""
    for line in too_deep(text):
        yield Verdict(path, line, "the fence is indented by four or more; move it to the left edge")
    pending: Example | None = None
    for fence in find_fences(text):
        if fence.language == "output":
            yield from _with_output(path, fence, pending)
            pending = None
            continue
        if pending:
            yield pending
        pending = None
        read = _read(path, fence)
        if isinstance(read, Example):
            pending = read
        elif read:
            yield read
    if pending:
        yield pending


def _with_output(path: Path, fence: Fence, before: Example | None) -> Iterator[Example | Verdict]:
    if before and before.language in ("python", "sql") and not before.file and "no-run" not in before.flags:
        yield replace(before, output=fence.text)
        return
    if before:
        yield before
    yield Verdict(path, fence.line, "this `output` follows no block that runs; mark it `text`")


def _read(path: Path, fence: Fence) -> Example | Verdict | None:
    problem = _mark_problem(fence)
    if problem:
        return Verdict(path, fence.line, problem)
    if fence.language == "text" and not _file(fence):
        return None
    return Example(path, fence.line, fence.language, fence.text, frozenset(fence.flags), _file(fence))


def _mark_problem(fence: Fence) -> str:
    if not fence.closed:
        return "the block is never closed; add the closing fence"
    if fence.language not in ("python", "sql", "text", *PARSED):
        return f"`{fence.language or '(nothing)'}` is no kind of block the notes know; mark it `text`"
    allowed = _FLAGS.get(fence.language, set())
    unknown = [flag for flag in fence.flags if flag not in allowed and not flag.startswith("file=")]
    if unknown:
        return f"`{' '.join(unknown)}` means nothing after `{fence.language}`; remove it"
    return _file_problem(_file(fence)) if _file(fence) else ""


def _file(fence: Fence) -> str:
    return next((flag.removeprefix("file=") for flag in fence.flags if flag.startswith("file=")), "")


def _file_problem(name: str) -> str:
    inside = not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
    if inside and re.fullmatch(r"[\w./-]+", name):
        return ""
    return f"`file={name}` must name a file inside the example's folder"
