"""Reads function calls out of a stream, where they come in fragments; and what is raised when nothing can be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.answers.tools import MOST_CALLS, Call
from bot.domain.errors import MilepostError


class ModelFailed(MilepostError):
    """The model gave nothing that can be used. `again` says that asking once more is safe and may help, `rest` how
    long the server wants to be left alone; one that refused has not `charged` for it."""

    def __init__(
        self,
        problem: str,
        *,
        again: bool = False,
        wait: float = 0.0,
        rest: timedelta | None = None,
        charged: bool = True,
    ) -> None:
        super().__init__(problem)
        self.again = again
        self.wait = wait
        self.rest = rest
        self.charged = charged


@dataclass
class Calls:
    """The calls of one answer as far as they have come, by their index."""

    _parts: dict[int, list[str]] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether there is any."""
        return bool(self._parts)

    def take(self, delta: Any) -> int:
        """Take in the fragments of a chunk; how many characters they have. Raises `ModelFailed` for too many calls."""
        length = 0
        for part in getattr(delta, "tool_calls", None) or ():
            known = self._parts.setdefault(int(part.index), ["", "", ""])
            name, arguments = (part.function.name, part.function.arguments) if part.function else ("", "")
            for at, fragment in enumerate((part.id, name, arguments)):
                known[at] += fragment or ""
                length += len(fragment or "")
        if len(self._parts) > MOST_CALLS:
            raise ModelFailed("too many calls at once")
        return length

    def whole(self) -> tuple[Call, ...]:
        """The calls."""
        return tuple(Call(id or f"call-{index}", name, said) for index, (id, name, said) in sorted(self._parts.items()))
