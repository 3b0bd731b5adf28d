"""settings: when and where pushes come."""

from __future__ import annotations

from bot.domain.learner import Identity, pushed_to
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.linking import shown


async def settings(context: Context, args: Args) -> Reply:
    """All preferences at a glance, each with a way to change it."""
    mine = await context.work.identities(context.learner.id)
    there = context.shelf is not None and context.shelf.tutor is not None
    wanted = await context.work.feedback.uses_model(context.learner.id)
    data = {"preferences": context.preferences, "plan": context.enrollment, "now": context.now, **_where(context, mine),
            "model": there, "model_wanted": wanted}  # fmt: skip
    accounts = (
        (Button("set_where", "pushes"), Button("unlink", "unlink")) if len(mine) > 1 else (Button("link", "link"),)
    )
    rows: buttons.Rows = (
        (Button("set_day", "at"), Button("set_zone", "zone")),
        (Button("set_quiet", "quiet"), Button("my_data", "mydata")),
        accounts,
    )
    rows = rows if context.enrollment else (*rows[:1], accounts, (buttons.HELP,))
    return Reply("settings", data, (*rows, (buttons.model_switch(wanted),)) if there else rows)


def _where(context: Context, mine: tuple[Identity, ...]) -> dict[str, object]:
    """Where pushes go now, which the words tell of when there is more than one account."""
    wanted = next((i for i in mine if i.platform == context.preferences.platform), None)
    now = pushed_to(mine, context.preferences)
    out_of_reach = wanted is not None and wanted != now
    return {
        "places": [shown(identity.platform) for identity in mine], "pushed_to": shown(now.platform) if now else "",
        "out_of_reach": shown(wanted.platform) if wanted and out_of_reach else "",
    }  # fmt: skip


COMMAND = Command("settings", settings, words=("preferences",), intents=("settings",), in_menu=True, group="settings")
