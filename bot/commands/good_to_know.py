"""good-to-know: short answers to what people ask about learning with the mentor; a template for each topic."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

_ROWS: dict[str, buttons.Rows] = {
    "days": ((buttons.NEXT, Button("set_day", "at")),),
    "missed": ((buttons.NEXT, Button("choice_pause", "pause")),),
    "easy": ((buttons.NEXT, buttons.PLAN),),
    "code": ((buttons.NEXT, buttons.STUCK),),
    "skip": ((buttons.WEEK, buttons.NEXT),),
    "cost": ((buttons.NEXT, buttons.HELP),),
}


async def good_to_know(context: Context, args: Args) -> Reply:
    """The answer on a topic; it changes nothing."""
    topic = str(args["topic"])
    return Reply(f"know_{topic}", {"preferences": context.preferences}, _ROWS[topic])


COMMAND = Command(
    "good-to-know", good_to_know, args=(Arg("topic", ArgKind.WORD, required=True, pattern="|".join(_ROWS)),),
    needs_plan=True,
)  # fmt: skip
