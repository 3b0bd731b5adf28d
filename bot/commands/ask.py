"""ask: a question about the subject, answered from the notes."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answer import Answer, Mine, Outcome, Question
from bot.domain.feedback import Asked, Exchange, exchange, sum_of
from bot.domain.message import Button, ChatKind, Reply
from bot.domain.plan import place
from bot.engine import buttons
from bot.engine.answer_views import answer_reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.competing import carried
from bot.engine.context import Context
from bot.engine.tutoring import lets_model
from bot.engine.views import week_to_show

COUNTED = (Outcome.ANSWERED, Outcome.UNCOVERED, Outcome.OFF_TOPIC)
"""Nothing is kept of the others: somebody in distress does not want to be a statistic."""


async def ask(context: Context, args: Args) -> Reply:
    """Answer a question for the week the learner is in."""
    text = str(args.get("text") or "").strip() or carried(context)
    if not text:
        return Reply("ask_what", {}, ((buttons.WEEK, buttons.NEXT),))
    return await replied(context, text)


async def replied(context: Context, text: str, *, whole: bool = False) -> Reply:
    """The answer to a question; of a task the `whole` solution, as far as there is one."""
    alone = context.message.channel.kind is not ChatKind.GROUP
    thread = await context.work.feedback.thread(context.learner.id, context.now) if alone else ()
    question, answer = answered(context, text, thread, whole=whole)
    modelled = context.enrollment is not None and answer.outcome is Outcome.ANSWERED and await lets_model(context)
    if answer.hint and not modelled:
        answer = replace(answer, exercise=None)  # the notes have no more than this
    number = await _counted(context, question, answer, alone)
    reply = answer_reply(answer, number if alone else 0)
    if answer.outcome is Outcome.UNCOVERED and await context.work.groups.mine(context.learner.id):
        return replace(reply, buttons=((Button("ask_my_group", "group_ask"),), *reply.buttons))
    return replace(reply, question=question) if modelled else reply


def answered(
    context: Context, text: str, thread: tuple[Exchange, ...] = (), *, whole: bool = False
) -> tuple[Question, Answer]:
    """The question and its answer on the learner's roadmap; for somebody without one, the surest of all roadmaps."""
    asked = [replace(question, thread=thread, whole=whole) for question in _questions(context, text)]
    pairs = [(question, context.study.answers.answer(question)) for question in asked]
    return max(pairs, key=lambda pair: pair[1].certainty)


def _questions(context: Context, text: str) -> list[Question]:
    if context.enrollment is None:
        return [Question(text, roadmap) for roadmap in context.catalog.roadmaps.values()]
    here = week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))
    mine = Mine(context.plan, context.today, context.preferences.tz)
    return [Question(text, context.roadmap, here.first, mine=mine)]


async def _counted(context: Context, question: Question, answer: Answer, alone: bool) -> int:
    """Count the question by its ids and remember it for the talk; its number, or 0."""
    if answer.outcome not in COUNTED:
        return 0
    cited = answer.citations[0] if answer.outcome is Outcome.ANSWERED else None
    week, note, title = (cited.week.first, cited.note, cited.title) if cited else (question.week or 0, "", "")
    asked = Asked(
        context.learner.id, question.roadmap.id, week, note, title, answer.source, answer.outcome.value,
        sum_of(question.text), context.now,
    )  # fmt: skip
    number = await context.work.feedback.note(asked)
    if alone and cited:
        said = exchange(number, question.text, answer.text, context.now)
        await context.work.feedback.remember(context.learner.id, said)
    return number


COMMAND = Command(
    "ask", ask, words=("explain",), intents=("ask",), args=(Arg("text", ArgKind.TEXT),), in_menu=True, group="learning"
)
