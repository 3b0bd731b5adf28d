"""What a server's refusal means: whether to ask once more, how long to leave it alone, whether it was charged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

from bot.answers.tool_calls import ModelFailed

PATIENCE = 2.0
"""Seconds of `Retry-After` that are worth waiting for."""
SHORT_REST = 0.5
LONGEST = 7 * 24 * 3600.0


def refused(status: int, headers: Mapping[str, str]) -> ModelFailed:
    """The failure that a status is, with the rest that its `Retry-After` asks for."""
    asked_for = retry_after(headers)
    wait = SHORT_REST if asked_for is None else asked_for
    again = wait <= PATIENCE and (status >= 500 or status == 429)
    rest = timedelta(seconds=asked_for) if asked_for and status in (429, 503) else None
    return ModelFailed(f"status {status}", again=again, wait=wait, rest=rest, charged=False)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds in `Retry-After`, also where it is a date, against the server's own; None when there are none."""
    said = headers.get("retry-after", "").strip()
    if said.replace(".", "", 1).isdecimal() and len(said) < 12:
        return min(float(said), LONGEST)
    try:
        seconds = (parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST)
