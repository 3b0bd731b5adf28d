"""group unbind: the present chat, or one from the list, belongs to the group no more."""

from __future__ import annotations

from bot.domain.group import Membership, Role, StudyGroup
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Authority, Button, ChannelRef, Reply
from bot.domain.posting import notice
from bot.engine.binding import authority, knows
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, bound_here, seated
from bot.engine.unbinding import placed


async def unbind(context: Context, args: Args) -> Reply:
    """In a chat of the group: that one, by its organisers and by whoever manages the chat. Elsewhere: choose."""
    bound = await bound_here(context)
    if bound is not None and args.get("group") in (None, bound.id):
        return await _here(context, bound, sure=args.get("sure") == "yes")
    return await _elsewhere(context, args)


async def _here(context: Context, group: StudyGroup, *, sure: bool) -> Reply:
    """Those who organise the group need not be asked. Who manages the chat is, and the owner hears of it."""
    mine = {found.id: me for found, me in await context.work.groups.mine(context.learner.id)}
    me = mine.get(group.id)
    organises = me is not None and me.role.covers(Role.ORGANISER)
    if not organises and authority(context) is not Authority.MANAGES:
        return Reply("group_unbind_not", {"group": group, "known": knows(context)}, private=False)
    if not organises and not sure:
        yes = Button("group_unbind_yes", "group_unbind yes")
        return Reply("group_unbind_sure", {"group": group}, ((yes,),), private=False)
    here = context.message.channel
    chats = [c.channel for c in await context.work.groups.chats(group.id) if c.channel.chat_id == here.chat_id]
    near = sorted((c for c in chats if c.thread_id in (here.thread_id, "")), key=lambda c: not c.thread_id)
    await _let_go(context, group, near[0], me)
    if not organises:
        await _tell_owner(context, group, near[0])
    rows = ((Button("group_bind", "group_bind"),),) if organises else ()
    return Reply("group_unbound", {"group": group, "chat": near[0]}, rows, private=False)


async def _let_go(context: Context, group: StudyGroup, channel: ChannelRef, me: Membership | None) -> None:
    await context.work.groups.unbind(channel)
    actor = context.learner.id if me else None
    await context.work.groups.note(Entry(group.id, context.now, Deed.UNBOUND, actor, None, placed(channel)))


async def _tell_owner(context: Context, group: StudyGroup, channel: ChannelRef) -> None:
    owner = next((m for m in await context.work.groups.members(group.id) if m.role is Role.OWNER), None)
    if owner is not None and owner.learner_id != context.learner.id:
        key = f"g{group.id}-freed-{context.now:%Y%m%d%H%M%S}"
        data = {"chat": channel.name, "platform": channel.platform.capitalize()}
        await context.work.groups.post(notice(group.id, owner.learner_id, "group_chat_freed", key, context.now, data))


async def choose(context: Context, args: Args, seat: Seat) -> Reply:
    """The group's chats to choose from, and the one that was tapped."""
    chats = await context.work.groups.chats(seat.group.id)
    chosen = [c for c in chats if c.id == args.get("chat")]
    if not chosen:
        rows = [(Button("chat", f"group_unbind #{seat.group.id} {c.id}", _words(c.channel)),) for c in chats[:8]]
        return Reply("group_chats", {"group": seat.group, "count": len(chats)}, tuple(rows))
    await _let_go(context, seat.group, chosen[0].channel, seat.me)
    return Reply("group_unbound", {"group": seat.group, "chat": chosen[0].channel})


def _words(channel: ChannelRef) -> dict[str, object]:
    return {"name": channel.name or "…", "platform": channel.platform.capitalize()}


_elsewhere = seated(choose, Role.ORGANISER)
COMMAND = Command(
    "group_unbind", unbind, words=("group unbind", "group chats"), confirms=True,
    args=(Arg("group", ArgKind.GROUP), Arg("chat", ArgKind.NUMBER), Arg("sure", ArgKind.WORD)),
)  # fmt: skip
