"""ask: a question about the subject, answered from the notes."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answer import Answer, Outcome, Question
from bot.domain.message import Reply
from bot.domain.plan import place
from bot.engine import buttons
from bot.engine.answer_views import answer_reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.views import week_to_show


async def ask(context: Context, args: Args) -> Reply:
    """Answer a question for the week the learner is in."""
    text = str(args.get("text") or "").strip()
    if not text:
        return Reply("ask_what", {}, ((buttons.WEEK, buttons.NEXT),))
    answer = answered(context, text)
    reply = answer_reply(answer)
    if context.enrollment is None or answer.outcome is not Outcome.ANSWERED:
        return reply
    return replace(reply, question=_question(context, text))


def answered(context: Context, text: str) -> Answer:
    """The answer on the learner's roadmap; for somebody without one, the surest of all roadmaps."""
    answers = context.study.answers
    if context.enrollment is not None:
        return answers.answer(_question(context, text))
    found = [answers.answer(Question(text, roadmap)) for roadmap in context.catalog.roadmaps.values()]
    return max(found, key=lambda answer: answer.certainty)


def _question(context: Context, text: str) -> Question:
    here = week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))
    return Question(text, context.roadmap, here.first)


COMMAND = Command(
    "ask", ask, words=("explain",), intents=("ask",), args=(Arg("text", ArgKind.TEXT),), in_menu=True, group="learning"
)
