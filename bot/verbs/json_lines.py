"""Reads the files that `milepost understand` and `milepost ask` take with `--file`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.domain.errors import MilepostError


def json_lines(file: Path, wanted: str) -> list[dict[str, Any]]:
    """One object a line, each with a `text`; `wanted` says what a line should hold. Raises `MilepostError`."""
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise MilepostError(f"{file} cannot be read as JSON lines: {error}") from error
    if not all(isinstance(line, dict) and "text" in line for line in lines):
        raise MilepostError(f"{file}: every line must be an object with {wanted}.")
    return lines
