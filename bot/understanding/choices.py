"""What to offer when the reader is not sure: two or three things that the words could have meant."""

from __future__ import annotations

from bot.domain.intent import Intent, Scene
from bot.understanding.guards import CONFIRMED
from bot.understanding.phrases import HOLD
from bot.understanding.slots import slots_of
from bot.understanding.week_lists import weeks_in
from bot.understanding.wishes import Wish

_MOST = 3
_LEAST = 2
_WORTH_OFFERING = 0.04
_NEVER = frozenset((HOLD, "smalltalk", "greet", "thanks", "unknown"))
_ALWAYS_THERE = (Intent("next"), Intent("help"))
_INSTEAD = {"done": ("next", "stuck", "snooze"), "undo": ("week", "next"), "pause": ("next", "lighter_week"),
            "stop": ("week", "help"), "delete_data": ("help", "export_data")}  # fmt: skip


def alternatives(intent: Intent, wish: Wish, scene: Scene) -> tuple[Intent, ...]:
    """The intent itself and the next likeliest ones; a destructive one is offered alone, to be confirmed."""
    if intent.name in CONFIRMED and wish.likely == intent.name:
        return (intent,)
    weeks = weeks_in(wish.sentence) if intent.name == "done" and "tasks" not in intent.slots else []
    if len(weeks) > 1:
        return tuple(Intent("done", {"week": week}) for week in weeks[:_MOST])
    likely = [name for name, chance in list(wish.chances.items())[: _MOST + 2] if chance >= _WORTH_OFFERING]
    names = [name for name in likely if name not in _NEVER and name != intent.name]
    offered = [] if intent.name in _NEVER else [intent]
    offered += [Intent(name, slots_of(name, wish.sentence, scene.now)) for name in names]
    offered += [usual for usual in _ALWAYS_THERE if usual.name not in {one.name for one in offered}]
    return tuple(offered[: max(_LEAST, min(_MOST, len(names) + 1))])


def instead(intent: Intent) -> tuple[Intent, ...]:
    """What to offer to somebody who has just said not to do something."""
    return tuple(map(Intent, _INSTEAD.get(intent.name, ("next", "help"))))
