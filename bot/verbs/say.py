"""What verbs print: words for people, or JSON and nothing else."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any


def line(text: str = "") -> None:
    """One line on stdout."""
    print(text, flush=True)  # noqa: T201 - the command line's own voice


def as_json(value: Any) -> None:
    """A value as JSON on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    line()


def quiet_logs(level: str = "WARNING") -> None:
    """Send logs to stderr, so that stdout carries only answers."""
    logging.basicConfig(stream=sys.stderr, level=level, format="%(levelname)s %(name)s: %(message)s")
