"""rate: whether an answer helped, and the leave to keep a question's words."""

from __future__ import annotations

from bot.domain.feedback import WORDS_KEPT, Verdict
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

VERDICTS = {"up": Verdict.UP, "down": Verdict.DOWN}


async def rate(context: Context, args: Args) -> Reply:
    """Note a thumb by the question's number; after a thumb down, ask whether its words may be kept."""
    number, how = int(str(args["number"])), str(args.get("how") or "")
    feedback, rows = context.work.feedback, ((buttons.NEXT, buttons.WEEK),)
    if how == "keep":
        kept = await feedback.keep_words(context.learner.id, number, context.now)
        data = {"until": (context.now + WORDS_KEPT).astimezone(context.preferences.tz).date()}
        return Reply("rated_words" if kept else "rated_gone", data, rows, replaces=kept)
    verdict = VERDICTS.get(how, Verdict.NONE)
    if not await feedback.rate(context.learner.id, number, verdict):
        return Reply("rated_gone", {}, rows)
    if verdict is Verdict.DOWN:
        return Reply("rated_down", {}, ((Button("keep_words", f"rate {number} keep"), Button("no_words", "next")),))
    return Reply("rated_up", {}, rows)


COMMAND = Command(
    "rate", rate, args=(Arg("number", ArgKind.NUMBER, required=True), Arg("how", ArgKind.WORD)), in_groups=False
)
