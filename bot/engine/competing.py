"""Retrieval as the other reading of a line: what no command is sure of may be a question about the subject."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answer import Likely, Question
from bot.domain.message import Button, ChatKind, Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.registry import Registry
from bot.engine.views import week_at_hand

Step = tuple[Command, Args] | Reply
UNSURE = ("did_you_mean", "not_understood")
SHOWING = ("resources", "next", "week", "progress", "help", "read", "portfolio")
"""Commands that change nothing, and give way to a line whose answer is known word for word."""
CARRIED = "asking: "
"""What stands before a question that an offered button carries; no command is called so."""
LONGEST = 72


def carried(context: Context) -> str:
    """The question that the "Ask" button under the last answer stands for; "" when it stands for none."""
    asked = context.learner.asked
    return asked.removeprefix(CARRIED) if asked.startswith(CARRIED) else ""


async def competing(registry: Registry, context: Context, step: Step) -> Step:
    """The step, or the answer from the notes where nothing else is sure and they are; an "Ask" keeps the question."""
    if context.shelf is None or not _may_be_asked(step, context):
        return step
    text = context.message.text.strip()
    if (_unsure(step) or _chatter(step)) and context.shelf.answers.refuses(text):
        return registry.commands["ask"], {"text": text}  # which says so, and why
    question = await _question(context, text)
    if _is(step, "stuck"):
        question = replace(question, thread=())
        if not (_is_known(context) or context.shelf.answers.names_subject(question)):
            return step
    likely = context.shelf.answers.likely(question)
    if _settled(step, likely, in_talk=bool(question.thread)):
        return registry.commands["ask"], {"text": text}
    if not isinstance(step, Reply) or not _unsure(step):
        return step
    if (
        likely is Likely.PERHAPS and not _offers(step) and step.data.get("count") != 1
    ):  # one thing offered is nearly sure
        step = _with_ask(step)
    return (Command("offer", _offered), {"reply": step}) if _offers(step) else step


def _may_be_asked(step: Step, context: Context) -> bool:
    """Whether a line may be a question after all: nothing is sure, or it would only be told how to go on, or nothing
    would come of it; and whatever is merely shown, when the answer to the line is known beforehand."""
    if not any(char.isalnum() for char in context.message.text):
        return False  # a lone picture asks nothing
    if _unsure(step) or _chatter(step) or _is(step, "left_alone"):
        return True
    if _is(step, "stuck"):
        return (isinstance(step, tuple) and not step[1].get("tasks")) or _is_known(context)
    return any(_is(step, name) for name in SHOWING) and _is_known(context)


def _settled(step: Step, likely: Likely, *, in_talk: bool) -> bool:
    """Whether a line is answered as a question. Who is stuck with something that the notes know is helped by that."""
    if likely is Likely.SURELY or _is(step, "stuck"):
        return likely is not Likely.NO
    if likely is not Likely.ASKED or _is(step, "left_alone"):
        return False
    return isinstance(step, Reply) or (in_talk and _unsure(step))


def _is_known(context: Context) -> bool:
    return context.study.answers.knows(context.message.text)


def _is(step: Step, name: str) -> bool:
    """Whether a step is the reply, or the command, of a name."""
    return name == (step.template if isinstance(step, Reply) else step[0].name)


async def solution_asked(registry: Registry, context: Context) -> Step | None:
    """The question for all of a task's solution, which no other reading of "show me all of it" is as sure of."""
    text = context.message.text.strip()
    if context.shelf is None or not context.shelf.answers.asks_whole(text):
        return None
    found = context.shelf.answers.exercise(await _question(context, text))
    return (registry.commands["ask"], {"text": text}) if found else None


def _unsure(step: Step) -> bool:
    """Whether nothing is sure. "How do I fix it?" sounds like a call for help, and in a talk goes on with it."""
    return step.template in UNSURE if isinstance(step, Reply) else step[0].name == "help"


def _chatter(step: Step) -> bool:
    """Whether a line was taken for small talk, as much is that is no wish."""
    return isinstance(step, Reply) and step.template == "smalltalk"


async def _question(context: Context, text: str) -> Question:
    if context.enrollment is None:
        return Question(text, next(iter(context.catalog.roadmaps.values())))
    week = week_at_hand(context.learner, context.plan, context.roadmap, context.today)
    alone = context.message.channel.kind is not ChatKind.GROUP
    thread = await context.work.feedback.thread(context.learner.id, context.now) if alone else ()
    return Question(text, context.roadmap, week.first, thread)


def _offers(reply: Reply) -> bool:
    return any(button.action == "ask" for row in reply.buttons for button in row)


def _with_ask(reply: Reply) -> Reply:
    """The same question with asking as the first of at most three choices."""
    ask = (Button("choice_ask", "ask"),)
    if reply.template == "not_understood":
        return Reply("did_you_mean", {"count": 1}, (ask, (Button("leave_it", "as-it-is"),)))
    kept = tuple(row for row in reply.buttons if row[0].action != "as-it-is")[:2]
    return replace(reply, data={**reply.data, "count": 1 + len(kept)}, buttons=(ask, *kept))


async def _offered(context: Context, args: Args) -> Reply:
    """Show the choices, and remember what was asked."""
    reply = args["reply"]
    assert isinstance(reply, Reply)
    await context.ask(CARRIED + context.message.text.strip()[:LONGEST])
    return reply
