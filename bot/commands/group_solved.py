"""group solved: a question needs no more answers."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def solved(context: Context, args: Args) -> Reply:
    """The asker needs no more answers."""
    question = await context.work.groups.question(int(str(args["question"])))
    if question is None or question.learner_id != context.learner.id:
        return Reply("group_answer_late", {})
    await context.work.groups.close(question.id)
    return Reply("group_solved", {}, ((Button("whats_next", "next"),),), replaces=True)


COMMAND = Command(
    "group_solved", solved, words=("group solved",), args=(Arg("question", ArgKind.NUMBER, required=True),)
)
