"""group answer: a hand held out to somebody who asked the group."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import DeliveryKind
from bot.domain.message import Button, Reply
from bot.domain.posting import Posting
from bot.domain.question import GroupQuestion
from bot.domain.tally import Allowance
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context

LONGEST = 1000
SENT = Allowance("group answered", 10)
"""Answers of one person that go out in a day, whoever asked."""
WORTH = timedelta(weeks=2)


async def answer(context: Context, args: Args) -> Reply:
    """Take the answer, and bring it to the asker in their own chat, on their own platform. Who replies to the question
    itself said so to all, and is not asked again."""
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
    text = await _draft(context, str(args.get("send") or "")) or clean(str(args.get("text") or ""), LONGEST)
    if not text:
        await context.ask(f"group_answer {question.id}")
        return Reply("group_answer_what", {"name": asker, "text": question.text})
    replied = context.message.beneath == (f"group_answer {question.id}",)
    if not args.get("send") and not replied:
        return await _sure(context, question, asker, text)
    number = args.get("send") or (await _kept(context, question, text)).id
    word = _word(context, question, mine[question.group_id].open_name, text, key=f"a{question.id}-{number}")
    sent = await _sent(context, word)
    data = {"name": asker, "most": SENT.most}
    return Reply(
        "group_answer_sent" if sent else "group_answer_enough", data, replaces=sent and not replied,
        private=not (sent and replied),
    )  # fmt: skip


async def _sent(context: Context, word: Posting) -> bool:
    """Post an answer, once. False when the day has had enough of this person's."""
    tally, counted = context.work.tally, SENT.of(context.learner.id)
    if await context.work.groups.posting(word.key) is not None:
        return True
    if SENT.free_from(await tally.times(counted), context.now):
        return False
    await tally.note(counted, context.now)
    return await context.work.groups.post(word)


async def _draft(context: Context, number: str) -> str:
    """The words that were shown before, once they are to be sent."""
    found = await context.work.groups.question(int(number)) if number.isdigit() else None
    return found.text if found is not None and found.learner_id == context.learner.id else ""


async def _sure(context: Context, question: GroupQuestion, asker: str, text: str) -> Reply:
    """Show the words first: whatever was said next may have been meant for the mentor."""
    kept = await _kept(context, question, text)
    rows = ((Button("send_it", f"group_answer {question.id} send:{kept.id}"), Button("not_now", "next")),)
    return Reply("group_answer_sure", {"name": asker, "text": text}, rows)


async def _kept(context: Context, question: GroupQuestion, text: str) -> GroupQuestion:
    draft = GroupQuestion(0, question.group_id, context.learner.id, text, context.now, closed=True)
    return await context.work.groups.ask(draft)


def _word(context: Context, question: GroupQuestion, name: str, text: str, key: str) -> Posting:
    now, number = context.now, question.id
    data = {"name": name, "text": text, "asked": question.text, "question": number, "by": context.learner.id}
    return Posting(
        0, key, DeliveryKind.ANSWER, question.group_id, now, now, now + WORTH, learner_id=question.learner_id,
        template="group_answered", data=data,
    )  # fmt: skip


COMMAND = Command(
    "group_answer", answer, words=("group answer",), takes_replies=True,
    args=(Arg("question", ArgKind.NUMBER, required=True), Arg("send", ArgKind.SEND), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
