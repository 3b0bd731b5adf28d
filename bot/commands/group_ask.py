"""group ask: a question for the group, shown to its asker before anybody else sees it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import DeliveryKind
from bot.domain.group import Sharing, is_left
from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.domain.posting import WORTH, Posting, notice
from bot.domain.question import GroupQuestion
from bot.domain.tally import Allowance
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, left, seated

LONGEST = 500
SENT = Allowance("group asked", 3)
"""Questions of one asker that go out in a group in a day, also those that are solved by then."""
TOGETHER = timedelta(weeks=2)
DIRECT = 20
"""Members who get a question directly, in a group without a chat."""


async def ask(context: Context, args: Args, seat: Seat) -> Reply:
    """Take the words, show them, and send them on the asker's tap. `task` says what they are at."""
    send, task = str(args.get("send") or ""), str(args.get("task") or "")
    if send.isdigit():
        return await _sent(context, seat, int(send))
    task = await _at(context) if task == "now" else task
    text = clean(str(args.get("text") or ""), LONGEST)
    if is_left(text):
        return left()
    if not text:
        await context.ask(f"group_ask #{seat.group.id}{f' task:{task}' if task else ''}")
        return Reply("group_ask_what", {"group": seat.group})
    draft = GroupQuestion(0, seat.group.id, context.learner.id, text, context.now, task, closed=True)
    kept = await context.work.groups.ask(draft)
    rows = ((Button("ask_them", f"group_ask #{seat.group.id} send:{kept.id}"), Button("not_now", "next")),)
    chats = len(await context.work.groups.chats(kept.group_id))
    data = {"group": seat.group, "me": seat.me, "text": text, "chats": chats, "task": _title(context, kept)}
    return Reply("group_ask_sure", data, rows)


async def _at(context: Context) -> str:
    """The task the asker is at."""
    step = next_step(context.plan, context.roadmap, context.today) if context.enrollment else None
    return step.task.id if step else ""


async def _sent(context: Context, seat: Seat, number: int) -> Reply:
    """Let the question out, once, and say whether somebody is stuck in the same place."""
    groups = context.work.groups
    question = await groups.question(number)
    if question is None or question.learner_id != context.learner.id or question.group_id != seat.group.id:
        return Reply("group_ask_gone", {})
    tally, counted = context.work.tally, SENT.of(f"{seat.group.id} {context.learner.id}")
    if question.closed and SENT.free_from(await tally.times(counted), context.now):
        return Reply("group_ask_enough", {})
    if question.closed:
        await tally.note(counted, context.now)
    await groups.close(number, closed=False)
    await _post(context, seat, question)
    other = await _alike(context, question)
    rows = ((Button("together", f"group_together {number} {other}"),),) if other else ()
    return Reply("group_ask_sent", {"group": seat.group, "together": bool(other)}, rows, replaces=True)


async def _post(context: Context, seat: Seat, question: GroupQuestion) -> None:
    """To every chat of the group; where there is none, to those who show themselves."""
    groups, now, data = context.work.groups, context.now, {"question": question.id, "task": _title(context, question)}
    head = f"g{seat.group.id}-ask-{question.id}"
    chats = await groups.chats(seat.group.id)
    for chat in chats:
        await groups.post(
            Posting(0, f"{head}-{chat.id}", DeliveryKind.GROUP, seat.group.id, now, now, now + WORTH, chat.id,
                    template="group_question", data=data)
        )  # fmt: skip
    shunned = await groups.shunned(context.learner.id) | {context.learner.id}
    there = [m.learner_id for m in await groups.members(seat.group.id) if m.sharing is not Sharing.HIDDEN]
    for who in [] if chats else [n for n in there if n not in shunned][:DIRECT]:
        await groups.post(notice(seat.group.id, who, "group_question", f"{head}-to-{who}", now, data))


def _title(context: Context, question: GroupQuestion) -> str:
    found = context.roadmap.task(question.task_id) if question.task_id and context.enrollment else None
    return str(found[1].title) if found else ""


async def _alike(context: Context, question: GroupQuestion) -> int:
    """The number of an open question of somebody else about the same task; 0 when there is none."""
    if not question.task_id:
        return 0
    shunned = await context.work.groups.shunned(context.learner.id) | {context.learner.id}
    for other in await context.work.groups.questions(question.group_id, context.now - TOGETHER):
        if other.task_id == question.task_id and not other.closed and other.learner_id not in shunned:
            return other.id
    return 0


COMMAND = Command(
    "group_ask", seated(ask), words=("group ask",),
    args=(Arg("group", ArgKind.GROUP), Arg("send", ArgKind.SEND), Arg("task", ArgKind.TASK), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
