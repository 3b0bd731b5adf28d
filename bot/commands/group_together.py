"""group together: two who are stuck on the same task, introduced when both want it."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.domain.posting import notice
from bot.domain.question import GroupQuestion
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def together(context: Context, args: Args) -> Reply:
    """The first asks, the second agrees; then each knows of the other, and the mentor gets out of the way."""
    groups = context.work.groups
    mine, other = [await groups.question(int(str(args[name]))) for name in ("mine", "other")]
    if mine is None or other is None or not await _may(context, mine, other):
        return Reply("group_answer_late", {})
    names = {m.learner_id: m.shown_name for m in await groups.members(mine.group_id)}
    agreed = args.get("sure") == "yes"
    if agreed and await groups.posting(f"together-{other.id}-{mine.id}-ask") is None:
        return Reply("group_answer_late", {})  # nobody asked: consent is what was asked for, not what can be typed
    template = "group_introduced" if agreed else "group_together"
    key = f"together-{mine.id}-{other.id}-{'yes' if agreed else 'ask'}"
    data = {"name": names.get(context.learner.id, ""), "mine": other.id, "other": mine.id, "by": context.learner.id}
    await groups.post(notice(mine.group_id, other.learner_id, template, key, context.now, data))
    group = await groups.get(mine.group_id)
    shown = {"name": names.get(other.learner_id, ""), "group": group}
    rows = ((Button("say_hi", f"group_answer {other.id}"),),) if agreed else ()
    return Reply("group_introduced" if agreed else "group_together_asked", shown, rows, replaces=True)


async def _may(context: Context, mine: GroupQuestion, other: GroupQuestion) -> bool:
    """Whether both are open questions about one task, of the sender and of another who is in the same group."""
    if mine.closed or other.closed or mine.learner_id != context.learner.id or other.learner_id == mine.learner_id:
        return False
    if mine.group_id != other.group_id or not mine.task_id or mine.task_id != other.task_id:
        return False
    there = {m.learner_id for m in await context.work.groups.members(mine.group_id)}
    shunned = await context.work.groups.shunned(mine.learner_id)
    return {mine.learner_id, other.learner_id} <= there and other.learner_id not in shunned


COMMAND = Command(
    "group_together", together,
    args=(Arg("mine", ArgKind.NUMBER, required=True), Arg("other", ArgKind.NUMBER, required=True),
          Arg("sure", ArgKind.WORD)),
)  # fmt: skip
