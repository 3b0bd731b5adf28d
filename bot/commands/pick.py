"""pick: the answer to a quiz item, by a tap or by its letter."""

from __future__ import annotations

import re

from bot.domain.message import Reply
from bot.domain.quiz import Sheet, sheet
from bot.domain.topic import QuizKind
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.quizzing import LATER, item_of, put_off, question, result

_LETTERS = re.compile(r"[a-h](?:(?:\s*(?:,|&|→|->|>)\s*|\s+(?:and\s+)?)[a-h])*")
"""One letter, or several as a learner types them: `B, C`, `b and c`, `A -> B`."""


async def pick(context: Context, args: Args) -> Reply:
    """Note the answer, say what is right and why, and ask the next. An item answered before is not counted again."""
    run = await context.work.quizzes.open(context.learner.id)
    if str(args["choice"]).lower() in LATER:
        return await put_off(context, run)
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
        return await question(context, run, unfit=True)
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
    """Which choice was meant: its number, or its letters."""
    if said.isdigit():
        return int(said) - 1 if 1 <= int(said) <= len(shown.choices) else None
    letters = _letters(said)
    meant = [_letters(choice.label) for choice in shown.choices]
    if shown.item.kind is QuizKind.SEVERAL:
        letters, meant = sorted(letters), [sorted(one) for one in meant]
    return meant.index(letters) if letters in meant else None


def _letters(said: str) -> list[str]:
    return re.findall(r"\b[a-z]\b", said.lower())


def _is_choice(context: Context, args: Args) -> bool:
    said = str(args.get("choice", "")).lower()
    return said in LATER or said in set("0123456789") or _LETTERS.fullmatch(said) is not None


COMMAND = Command(
    "pick", pick, args=(Arg("item", ArgKind.WORD, required=True), Arg("choice", ArgKind.TEXT, required=True)),
    accepts=_is_choice,
)  # fmt: skip
