"""What a server says that a call has cost, where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_BELIEVED = 100_000
"""More than any call of ours can cost."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens of one call, question and answer together, as its server counts them."""

    tokens: int


def usage_of(answer: Any) -> Usage | None:
    """The usage in an answer or a chunk of one; None when it has none, or one that cannot be."""
    usage = getattr(answer, "usage", None)
    parts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    counted = [part for part in parts if type(part) is int and part >= 0]
    tokens = sum(counted)
    return Usage(tokens) if len(counted) == len(parts) and 0 < tokens <= MOST_BELIEVED else None
