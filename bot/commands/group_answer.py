"""group answer: a hand held out to somebody who asked the group."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import DeliveryKind
from bot.domain.message import Reply
from bot.domain.posting import Posting
from bot.domain.question import GroupQuestion
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

LONGEST = 1000
WORTH = timedelta(weeks=2)


async def answer(context: Context, args: Args) -> Reply:
    """Take the answer, and bring it to the asker in their own chat, on their own platform."""
    groups = context.work.groups
    question = await groups.question(int(str(args["question"])))
    mine = {group.id: me for group, me in await groups.mine(context.learner.id)}
    if question is None or question.closed or question.group_id not in mine:
        return Reply("group_answer_late", {})
    if question.learner_id == context.learner.id:
        return Reply("group_answer_own", {})
    asker = {m.learner_id: m.shown_name for m in await groups.members(question.group_id)}.get(question.learner_id)
    if asker is None or question.learner_id in await groups.shunned(context.learner.id):
        return Reply("group_answer_late", {})
    text = clean(str(args.get("text") or ""), LONGEST)
    if not text:
        await context.ask(f"group answer {question.id}")
        return Reply("group_answer_what", {"name": asker, "text": question.text})
    await groups.post(_word(context, question, mine[question.group_id].shown_name, text))
    return Reply("group_answer_sent", {"name": asker})


def _word(context: Context, question: GroupQuestion, name: str, text: str) -> Posting:
    now, number = context.now, question.id
    key = f"a{number}-{context.learner.id}-{now:%Y%m%d%H%M%S}"
    data = {"name": name, "text": text, "asked": question.text, "question": number}
    return Posting(
        0, key, DeliveryKind.ANSWER, question.group_id, now, now, now + WORTH, learner_id=question.learner_id,
        template="group_answered", data=data,
    )  # fmt: skip


COMMAND = Command(
    "group_answer", answer, words=("group answer",),
    args=(Arg("question", ArgKind.NUMBER, required=True), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
