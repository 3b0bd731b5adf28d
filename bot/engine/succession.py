"""What becomes of a group when its owner goes, or has long been silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.delivery import DeliveryKind
from bot.domain.group import Membership, Role, StudyGroup, heir
from bot.domain.group_log import Deed, Entry
from bot.domain.invite import new_code
from bot.domain.posting import WORTH, Posting, notice
from bot.engine.storing import Work

LINGERS = timedelta(days=9)
"""How long a closed group is kept, for the words about it to arrive."""
TOLD = timedelta(weeks=26)
"""So long the word that a group is theirs now waits for somebody on a break."""


async def successor(work: Work, group: StudyGroup, now: datetime) -> Membership | None:
    """Who would take over from the owner; None when nobody else is there."""
    members = await work.groups.members(group.id)
    owner = next((m.learner_id for m in members if m.role is Role.OWNER), 0)
    return heir(members, owner, now)


async def hand_over(
    work: Work, group: StudyGroup, to: Membership, now: datetime, deed: Deed, by: int | None = None
) -> None:
    """Make somebody the owner, write it down, and let them know."""
    for member in await work.groups.members(group.id):
        if member.role is Role.OWNER and member.learner_id != to.learner_id:
            await work.groups.keep(replace(member, role=Role.ORGANISER))
    await work.groups.keep(replace(to, role=Role.OWNER))
    await work.groups.note(Entry(group.id, now, deed, by, to.learner_id))
    key = f"g{group.id}-heir-{to.learner_id}-{now:%Y%m%d%H%M}"
    chats = bool(await work.groups.chats(group.id))
    word = notice(group.id, to.learner_id, "group_heir", key, now, {"chats": chats})
    await work.groups.post(replace(word, expires_at=now + TOLD))


async def leave(work: Work, group: StudyGroup, me: Membership, now: datetime) -> Membership | None:
    """Take somebody out of a group; the owner's place passes on, and a group of nobody is dissolved. Returns the new
    owner if there is one."""
    to = await successor(work, group, now) if me.role is Role.OWNER else None
    await work.groups.remove(group.id, me.learner_id)
    if to is not None:
        await hand_over(work, group, to, now, Deed.SUCCEEDED)
    elif me.role is Role.OWNER:
        await work.groups.dissolve(group.id)
    return to


async def leave_all(work: Work, learner_id: int, now: datetime) -> None:
    """Take somebody out of every group, before they are forgotten."""
    for group, me in await work.groups.mine(learner_id):
        await leave(work, group, me, now)
    await work.groups.forget(learner_id)


async def look_after(work: Work, group_id: int, now: datetime) -> None:
    """Find a new owner for a group whose owner is gone or has long been silent, if anybody is left who is not. What is
    left of a group that was closed goes."""
    group = await work.groups.get(group_id)
    to = await successor(work, group, now) if group else None
    if group is not None and to is not None and not to.vanished(now):
        await hand_over(work, group, to, now, Deed.SUCCEEDED)
    elif group is not None and not await work.groups.members(group_id):
        await work.groups.dissolve(group_id)


async def keep_out(work: Work, learner_id: int, now: datetime) -> None:
    """Take somebody out of the groups that bar them, which they came into by an account that is theirs as well. The bar
    of a group of their own is lifted instead: it has nobody else to answer to."""
    for group, me in await work.groups.mine(learner_id):
        if learner_id in await work.groups.barred(group.id):
            if me.role is Role.OWNER:
                await work.groups.bar(group.id, learner_id, barred=False)
                continue
            await work.groups.remove(group.id, learner_id)
            await work.groups.note(Entry(group.id, now, Deed.KEPT_OUT))


async def close(work: Work, group: StudyGroup, by: int, now: datetime) -> None:
    """End a group for everybody, and let its members and chats know. Nobody is in it any more and nothing leads into
    it; the rest goes when those words have had their time."""
    for chat in await work.groups.chats(group.id):
        key = f"g{group.id}-closed-{chat.id}"
        post = Posting(0, key, DeliveryKind.GROUP, group.id, now, now, now + WORTH, chat.id, template="group_closed")
        await work.groups.post(post)
    for member in await work.groups.members(group.id):
        await work.groups.remove(group.id, member.learner_id)
        if member.learner_id != by:
            key = f"g{group.id}-closed-to-{member.learner_id}"
            await work.groups.post(notice(group.id, member.learner_id, "group_closed", key, now))
    rest = now.date() + LINGERS
    await work.groups.save(
        replace(group, code=new_code(), digest=replace(group.digest, on=False), next_digest_on=rest)
    )  # fmt: skip
