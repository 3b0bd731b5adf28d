"""What there is to read and to ask: the notes and who answers from them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.ports import Answerer, Library, Tutor


@dataclass(frozen=True, slots=True)
class Study:
    """The library, the one who knows it, and a model that words it better, where the operator has one."""

    library: Library
    answers: Answerer
    tutor: Tutor | None = None
