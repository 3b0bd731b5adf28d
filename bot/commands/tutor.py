"""tutor: whether a language model may word a learner's answers."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def tutor(context: Context, args: Args) -> Reply:
    """Turn the language model on or off for the learner; without a word, say how it stands."""
    feedback, there = context.work.feedback, context.study.tutor is not None
    if args.get("how") in ("on", "off"):
        await feedback.use_model(context.learner.id, args["how"] == "on")
    wanted = await feedback.uses_model(context.learner.id)
    rows = ((buttons.model_switch(wanted), buttons.SETTINGS),) if there else ((buttons.SETTINGS,),)
    return Reply("tutor", {"there": there, "wanted": wanted}, rows, replaces=bool(args.get("how")))


COMMAND = Command("tutor", tutor, args=(Arg("how", ArgKind.WORD),), in_groups=False)
