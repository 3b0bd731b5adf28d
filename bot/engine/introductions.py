"""Two who were introduced: how that is known, and what they can tap to say a first word to each other."""

from __future__ import annotations

from bot.domain.message import Button


def introduction(group_id: int, pair: str) -> str:
    """The key of the word that introduced two members, which is the proof that both wanted it. `pair` is
    `ID-ID-DATE`."""
    return f"buddy-{group_id}-{pair}"


def say_hi(group_id: int, pair: str, *, back: bool = False) -> Button:
    """Begins a word to the other one, perhaps in answer to theirs."""
    return Button("say_hi_back" if back else "say_hi", f"group_hi #{group_id} {pair}")
