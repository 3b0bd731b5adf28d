"""What verbs print: words for people, or JSON and nothing else."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from bot import logs


def line(text: str = "") -> None:
    """One line on stdout."""
    print(text, flush=True)  # noqa: T201 - the command line's own voice


def as_json(value: Any) -> None:
    """A value as JSON on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    line()


def speak_utf8() -> None:
    """JSON is UTF-8 whatever the machine's locale says; other bytes come in as they are and go out as `?`."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def quiet_logs(level: str = "WARNING", form: str = "text") -> None:
    """Send logs to stderr, so that stdout carries only answers."""
    logs.configure(level, form=form)
