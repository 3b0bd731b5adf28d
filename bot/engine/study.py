"""What there is to read and to ask: the notes and who answers from them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.ports import Answerer, Interpreter, Library, Tutor


@dataclass(frozen=True, slots=True)
class Study:
    """The library, the one who knows it, and where there is one, a model that words it better and reads lines."""

    library: Library
    answers: Answerer
    tutor: Tutor | None = None
    interpreter: Interpreter | None = None
