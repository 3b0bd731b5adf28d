"""plan: the next four weeks with their dates."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.domain.plan import place
from bot.engine import buttons
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.views import week_to_show


async def plan(context: Context, args: Args) -> Reply:
    """What comes when, from this week on."""
    mine, roadmap = context.plan, context.roadmap
    here = week_to_show(mine, roadmap, place(mine, roadmap, context.today))
    index = roadmap.index(here)
    rows = [
        {"week": w, "begins": mine.begins_on(w.first, roadmap), "open": len(mine.open_tasks(w))}
        for w in roadmap.weeks[index : index + 4]
    ]
    data = {
        "rows": rows,
        "roadmap": roadmap,
        "ends_on": mine.ends_on(roadmap),
        "hours": mine.hours,
        "today": context.today,
    }
    return Reply("plan", data, ((buttons.NEXT, buttons.WEEK), (buttons.REDATE, buttons.SETTINGS)))


COMMAND = Command("plan", plan, words=("schedule",), intents=("plan",), in_menu=True, needs_plan=True, group="dates")
