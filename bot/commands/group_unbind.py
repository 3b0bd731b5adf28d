"""group unbind: the present chat, or one from the list, belongs to the group no more."""

from __future__ import annotations

from bot.domain.group import Role
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated


async def unbind(context: Context, args: Args, seat: Seat) -> Reply:
    """In a chat of the group: that one. Elsewhere: choose."""
    groups = context.work.groups
    chats = await groups.chats(seat.group.id)
    if seat.here:
        chosen = [c for c in chats if c.channel.chat_id == context.message.channel.chat_id]
        threads = {context.message.channel.thread_id, ""}
        chosen = sorted((c for c in chosen if c.channel.thread_id in threads), key=lambda c: not c.channel.thread_id)
    else:
        chosen = [c for c in chats if c.id == args.get("chat")]
    if not chosen:
        rows = [(Button("chat", f"group_unbind #{seat.group.id} {c.id}", _words(c.channel)),) for c in chats[:8]]
        return Reply("group_chats", {"group": seat.group, "count": len(chats)}, tuple(rows))
    channel = chosen[0].channel
    await groups.unbind(channel)
    await groups.note(Entry(seat.group.id, context.now, Deed.UNBOUND, context.learner.id, None, channel.name))
    rows = [(Button("group_bind", "group_bind"),)] if seat.here else []
    return Reply("group_unbound", {"group": seat.group, "chat": channel}, tuple(rows), private=not seat.here)


def _words(channel: object) -> dict[str, object]:
    return {"name": getattr(channel, "name", "") or "…", "platform": str(getattr(channel, "platform", "")).capitalize()}


COMMAND = Command(
    "group_unbind", seated(unbind, Role.ORGANISER), words=("group unbind", "group chats"),
    args=(Arg("group", ArgKind.GROUP), Arg("chat", ArgKind.NUMBER)),
)  # fmt: skip
