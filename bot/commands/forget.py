"""forget: delete everything stored about a learner, after asking once."""

from __future__ import annotations

import hashlib

from bot.domain.group import Role
from bot.domain.learner import Learner
from bot.domain.message import Button, ChatKind, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.linking import shown
from bot.engine.succession import leave_all, successor


async def forget(context: Context, args: Args) -> Reply:
    """Ask first, saying what would go; delete on the second word."""
    if context.message.channel.kind is ChatKind.GROUP:
        return Reply("only_in_private", {})
    sure = _word_of(context.learner)
    if args.get("sure") != sure:
        plans = await context.work.enrollments(context.learner.id)
        known = [p for p in plans if p.roadmap_id in context.catalog.roadmaps]
        data = {"titles": [context.catalog.roadmap(p.roadmap_id).name for p in known],
                "tasks": sum(len(p.completions) for p in plans),
                "links": len(await context.work.evidence.of(context.learner.id)),
                "places": [shown(i.platform) for i in await context.work.identities(context.learner.id)],
                "groups": await _groups(context)}  # fmt: skip
        rows = (
            (Button("send_copy", "mydata"), Button("delete_everything", f"forget {sure}")),
            (Button("keep", "as-it-is"),),
        )
        return Reply("forget", data, rows)
    await leave_all(context.work, context.learner.id, context.now)
    await context.work.erase(context.learner.id)
    return Reply("forgotten", {}, ((Button("begin", "start"),),), replaces=True)


async def _groups(context: Context) -> list[tuple[str, str]]:
    """The groups a learner would leave, and who takes over those of their own ("" for nobody)."""
    found = []
    for group, me in await context.work.groups.mine(context.learner.id):
        to = await successor(context.work, group, context.now) if me.role is Role.OWNER else None
        found.append((group.name, to.shown_name if to else ""))
    return found


def _word_of(learner: Learner) -> str:
    """What the button says for this learner: nothing anybody types, and no earlier account's word."""
    return f"sure-{hashlib.sha256(f'{learner.id} {learner.created_at}'.encode()).hexdigest()[:8]}"


COMMAND = Command(
    "forget",
    forget,
    intents=("delete_data",),
    confirms=True,
    args=(Arg("sure", ArgKind.WORD, pattern=r"sure-[0-9a-f]{8}"),),
    group="settings",
)
