"""The `milepost` program as a child process, and the verbs it has."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import typer.main

from bot.cli import program

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Program:
    """Runs the program with a data folder of its own and no settings but those given."""

    folder: Path

    def run(
        self, *words: str, stdin: str | bytes = b"", cwd: Path = ROOT, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one verb to its end. Output is read as UTF-8."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words], input=given, capture_output=True, cwd=cwd, check=False, timeout=100,
            env=self.environment(settings),
        )  # fmt: skip
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MILEPOST_")}
        return {**kept, "XDG_DATA_HOME": str(self.folder), "PYTHONPATH": str(ROOT), **settings}

    @property
    def database(self) -> Path:
        return self.folder / "milepost" / "milepost.db"


def verbs() -> list[str]:
    """Every verb, such as `chat` and `db check`."""
    return sorted(_verbs(typer.main.get_command(program()), ""))


def _verbs(command: object, prefix: str) -> Iterator[str]:
    inner: Mapping[str, object] | None = getattr(command, "commands", None)
    if inner is None:
        yield prefix.strip()
        return
    for name, child in inner.items():
        yield from _verbs(child, f"{prefix} {name}")


def one_plain_line(stderr: str) -> bool:
    """Whether an error is told as one line for people, and not as a traceback."""
    return stderr.startswith("milepost: ") and stderr.count("\n") == 1 and "Traceback" not in stderr
