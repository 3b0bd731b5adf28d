"""Buttons for what somebody may have meant: each says what it would do, and to what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.domain.intent import Intent, Slot
from bot.domain.message import Button, Reply
from bot.domain.roadmap import Task
from bot.engine.command import ArgKind, Command
from bot.engine.context import Context
from bot.engine.registry import Registry
from bot.engine.views import week_at_hand

MOST_BYTES = 48
_NAMES_WHAT = frozenset(("done", "undo", "week"))
"""Commands whose label as a choice names what was said; said without it, they have another label."""

_SAYS_WHAT = {"at": "choice_at_said", "zone": "choice_zone_said"}
_ASKS_ITSELF = frozenset(("ship",))
"""Commands that ask for what a button has no room for, such as a link."""
_ANOTHER_NAME = {"zone": ("place", "timezone"), "start": ("text", "roadmap")}
"""What a command calls a slot that plain words call otherwise."""

_MOST = 3


def did_you_mean(registry: Registry, context: Context, choices: Iterable[Intent]) -> Reply | None:
    """A question with two or three buttons; None when none of the choices can be one."""
    made = (_choice(registry, context, intent) for intent in choices)
    buttons = list({button.action: button for button in made if button is not None}.values())[:_MOST]
    if not buttons:
        return None
    count = len(buttons)
    if count == 1:  # a question with one answer would be no question
        buttons.append(Button("leave_it", "as-it-is"))
    return Reply("did_you_mean", {"count": count}, tuple((button,) for button in buttons))


def _choice(registry: Registry, context: Context, intent: Intent) -> Button | None:
    command = registry.for_intent(intent.name)
    if command is None or (command.needs_plan and context.enrollment is None):
        return None
    named = _task_named(context, command, intent)
    if named is not None:
        return Button(f"choice_{command.name}_task", f"{command.name} {named.id}", {"title": named.title})
    if command.name == "pause" and "until" in intent.slots:
        until = str(intent.slots["until"])
        return Button("choice_pause_until", f"pause {until}", {"until": date.fromisoformat(until)})
    words = _said(command, intent)
    action = f"{command.name} {words}".strip()
    if words and command.name in _SAYS_WHAT:
        return Button(_SAYS_WHAT[command.name], action, {"said": _shown(words)})
    if len(action.encode()) > MOST_BYTES and command.name in _ASKS_ITSELF:
        words, action = "", command.name
    if len(action.encode()) > MOST_BYTES:
        return None
    plain = words or command.name not in _NAMES_WHAT
    said = {"said": _shown(words)}
    return Button(f"choice_{command.name}" if plain else f"choice_{command.name}_bare", action, said)


def _task_named(context: Context, command: Command, intent: Intent) -> Task | None:
    """The one task that an intent is about, so that its button says its title and hits no other week's number."""
    numbers = intent.slots.get("tasks")
    if command.name not in ("done", "undo") or not isinstance(numbers, list) or len(numbers) != 1:
        return None
    if context.enrollment is None or "week" in intent.slots:
        return None
    tasks = week_at_hand(context.learner, context.plan, context.roadmap, context.today).tasks
    task = tasks[numbers[0] - 1] if 1 <= numbers[0] <= len(tasks) else None
    return task if task and len(f"{command.name} {task.id}".encode()) <= MOST_BYTES else None


def _said(command: Command, intent: Intent) -> str:
    """The slots a command takes, as they are typed after its name."""
    other = _ANOTHER_NAME.get(command.name)
    slots = {**intent.slots, other[0]: intent.slots.get(other[1], "")} if other else intent.slots
    words = [_spoken(slots[arg.name]) for arg in command.args if slots.get(arg.name)]
    if any(arg.kind is ArgKind.TASKS for arg in command.args):
        words = words or (["all"] if intent.slots.keys() & {"all", "week"} else [])
        words += [f"of week {intent.slots['week']}"] if "week" in intent.slots else []
    return " ".join(words)


def _spoken(slot: Slot) -> str:
    return ", ".join(map(str, slot)) if isinstance(slot, list) else str(slot)


def _shown(words: str) -> str:
    return words[:1].upper() + words[1:] if words[:3] in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") else words
