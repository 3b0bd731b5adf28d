"""solution: all of a task's solution, for whoever had the hint."""

from __future__ import annotations

from bot.commands.ask import replied
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def solution(context: Context, args: Args) -> Reply:
    """Answer the question of that number once more, with the whole solution."""
    thread = await context.work.feedback.thread(context.learner.id, context.now)
    said = next((one for one in thread if one.number == int(str(args["number"]))), None)
    if said is None:
        return Reply("solution_gone", {}, ((buttons.NEXT, buttons.WEEK),))
    return await replied(context, said.question, whole=True)


COMMAND = Command("solution", solution, args=(Arg("number", ArgKind.NUMBER, required=True),), in_groups=False)
