"""quiz: five questions on a week or a topic, one tap each; taken up where it was left."""

from __future__ import annotations

from bot.commands.week import week_asked
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.quizzing import begin, notes_of, question


async def quiz(context: Context, args: Args) -> Reply:
    """Go on with the open quiz, or begin one on what was asked for."""
    said = str(args.get("note") or args.get("words") or args.get("topic") or "")
    open_run = await context.work.quizzes.open(context.learner.id)
    if not said and args.get("week") is None and open_run is not None and not open_run.over:
        return await question(context, open_run)
    topic = context.study.library.find(said) if said else None
    if topic is not None:
        about, notes = topic.id, [topic.id]
    else:
        week = week_asked(context, args.get("week"))
        about, notes = week.id, notes_of(week)
    run = await begin(context, about, notes)
    return await question(context, run) if run else Reply("no_quiz", {}, ((buttons.WEEK, buttons.NEXT),))


COMMAND = Command(
    "quiz", quiz, words=("quizme",), intents=("quiz",),
    args=(Arg("week", ArgKind.WEEK), Arg("note", ArgKind.TEXT)), in_menu=True, needs_plan=True,
    group="learning",
)  # fmt: skip
