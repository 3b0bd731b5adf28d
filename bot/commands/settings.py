"""settings: when and where pushes come."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context


async def settings(context: Context, args: Args) -> Reply:
    """All preferences at a glance, each with a way to change it."""
    data = {"preferences": context.preferences, "plan": context.enrollment, "now": context.now}
    rows = (
        (Button("set_day", "at"), Button("set_zone", "zone")),
        (Button("set_quiet", "quiet"), Button("my_data", "mydata")),
    )
    return Reply("settings", data, rows if context.enrollment else (*rows[:1], (buttons.HELP,)))


COMMAND = Command("settings", settings, words=("preferences",), intents=("settings",), in_menu=True, group="settings")
