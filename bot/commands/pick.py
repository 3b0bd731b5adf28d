"""pick: the answer to a quiz item, by a tap or by its letter."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.domain.quiz import Sheet, sheet
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.quizzing import item_of, question, result


async def pick(context: Context, args: Args) -> Reply:
    """Note the answer, say what is right and why, and ask the next. An item answered before is not counted again."""
    run = await context.work.quizzes.open(context.learner.id)
    item = item_of(context, str(args["item"]))
    if run is None or run.over or item is None or run.item != item.id:
        return (
            await question(context, run)
            if run and not run.over
            else Reply("quiz_gone", {}, ((buttons.QUIZ, buttons.NEXT),))
        )
    shown = sheet(item, run.seed)
    place = _place(shown, str(args["choice"]))
    if place is None:
        return await question(context, run)
    chosen = shown.choices[place]
    run = run.answered(chosen.right)
    await context.work.quizzes.note(context.learner.id, item.id, chosen.right, context.now)
    await context.work.quizzes.keep(run)
    before: dict[str, object] = {"sheet": shown, "chosen": chosen}
    if run.over:
        await context.ask("")
        return result(context, run, before)
    return await question(context, run, before)


def _place(shown: Sheet, said: str) -> int | None:
    """Which choice was meant: its number, or its letter."""
    if said.isdigit():
        return int(said) - 1 if 1 <= int(said) <= len(shown.choices) else None
    labels = [choice.label.lower() for choice in shown.choices]
    return labels.index(said.lower()) if said.lower() in labels else None


def _is_choice(context: Context, args: Args) -> bool:
    said = str(args.get("choice", ""))
    return len(said) == 1 and (said.isdigit() or (said.isascii() and said.isalpha()))


COMMAND = Command(
    "pick", pick, args=(Arg("item", ArgKind.WORD, required=True), Arg("choice", ArgKind.WORD, required=True)),
    accepts=_is_choice,
)  # fmt: skip
