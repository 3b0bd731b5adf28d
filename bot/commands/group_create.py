"""group create: a new group, which the chat it was said in belongs to when that is a group's chat."""

from __future__ import annotations

from bot.domain.group import LONGEST_NAME, MAX_GROUPS, DigestTime, StudyGroup, group_name, is_left, may_be_name
from bot.domain.group_log import Deed, Entry
from bot.domain.invite import new_code
from bot.domain.message import Button, Reply
from bot.domain.text import clean_name
from bot.engine.binding import bound, knows
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import bound_here, is_public, left


async def create(context: Context, args: Args) -> Reply:
    """Found a group. In a chat of several without a name it takes the chat's; else a name is asked for. Whoever has
    told no city yet is asked for the group's, once."""
    channel = context.message.channel
    taken = await bound_here(context)
    if taken is not None:
        return Reply("group_chat_taken", {"group": taken, "known": knows(context)})
    count = len(await context.work.groups.mine(context.learner.id))
    if count >= MAX_GROUPS:
        return Reply("group_too_many", {"most": MAX_GROUPS, "count": count}, ((Button("groups", "group_use"),),))
    said = str(args.get("name") or (clean_name(channel.name, LONGEST_NAME) if is_public(channel) else ""))
    if is_left(said) and args.get("name"):
        return left()
    if not said:
        await context.ask("group create")
        return Reply("group_ask_name", {})
    made = await _founded(context, group_name(said))
    asks_city = not context.preferences.zone
    if asks_city:
        await context.ask(f"group_digest #{made.id}")
    if is_public(channel):
        return await bound(context, made, asks_city=asks_city)
    at = f"#{made.id}"
    rows = (
        (Button("group_invite", f"group_invite {at}"), Button("group_board", f"group_board {at}")),
        (Button("group_digest", f"group_digest {at}"),),
    )
    return Reply("group_created", {"group": made, "asks_city": asks_city}, rows)


async def _founded(context: Context, name: str) -> StudyGroup:
    digest = DigestTime(context.preferences.zone or "UTC")
    roadmap = context.enrollment.roadmap_id if context.enrollment else ""
    group = StudyGroup(0, name, new_code(), context.now, digest, digest.next_after(context.now), roadmap)
    made = await context.work.groups.add(group, context.learner.id)
    await context.work.groups.note(Entry(made.id, context.now, Deed.CREATED, context.learner.id))
    return made


COMMAND = Command(
    "group_create", create, words=("group create", "group new"), intents=("group_create",),
    args=(Arg("name", ArgKind.TEXT),),
    accepts=lambda context, args: may_be_name(str(args.get("name", ""))),
)  # fmt: skip
