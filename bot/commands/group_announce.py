"""group announce: news from the organisers to all of the group, previewed and counted first."""

from __future__ import annotations

from bot.domain.delivery import DeliveryKind
from bot.domain.enrollment import EnrollmentState
from bot.domain.group import Membership, Role, Sharing, is_left
from bot.domain.group_log import Deed, Entry
from bot.domain.message import Button, Reply
from bot.domain.posting import WORTH, Posting, notice
from bot.domain.question import GroupQuestion
from bot.domain.tally import Allowance
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, left, seated

LONGEST = 1000
SENT = Allowance("group news", 3)


async def announce(context: Context, args: Args, seat: Seat) -> Reply:
    """Take the words, show them with where they will go, and send them on a tap."""
    groups = context.work.groups
    chats, readers = await groups.chats(seat.group.id), await _readers(context, seat)
    people = len(readers) + sum(m.sharing is Sharing.HIDDEN for m in await _away(context, seat))
    data = {"group": seat.group, "chats": len(chats), "people": people, "name": seat.me.open_name}
    if str(args.get("send") or "").isdigit():
        draft = await groups.question(int(str(args["send"])))
        if draft is None or draft.learner_id != context.learner.id or draft.group_id != seat.group.id:
            return Reply("group_ask_gone", {})
        if not await _send(context, seat, draft):
            return Reply("group_announce_enough", {"most": SENT.most, "group": seat.group})
        return Reply("group_announced", data, replaces=True)
    text = clean(str(args.get("text") or ""), LONGEST)
    if is_left(text):
        return left()
    if not text:
        await context.ask(f"group_announce #{seat.group.id}")
        return Reply("group_announce_what", data)
    kept = await groups.ask(GroupQuestion(0, seat.group.id, context.learner.id, text, context.now, closed=True))
    rows = ((Button("send_it", f"group_announce #{seat.group.id} send:{kept.id}"), Button("not_now", "group")),)
    return Reply("group_announce_sure", {**data, "text": text}, rows)


async def _send(context: Context, seat: Seat, draft: GroupQuestion) -> bool:
    """One post on each chat; where there is none, one word to each member. The draft's number makes it once.

    False when the day has had enough news."""
    groups, now = context.work.groups, context.now
    head, data = (
        f"g{seat.group.id}-news-{draft.id}",
        {"text": draft.text, "by": context.learner.id, "name": seat.me.open_name},
    )
    chats, counted = await groups.chats(seat.group.id), SENT.of(seat.group.id)
    enough = SENT.free_from(await context.work.tally.times(counted), now)
    readers = await _readers(context, seat)
    known = [f"{head}-{chat.id}" for chat in chats] or [f"{head}-to-{m.learner_id}" for m in readers]
    if enough:
        return bool(known) and await groups.posting(known[0]) is not None
    fresh = False
    for chat in chats:
        fresh |= await groups.post(
            Posting(0, f"{head}-{chat.id}", DeliveryKind.ANNOUNCEMENT, seat.group.id, now, now, now + WORTH, chat.id,
                    template="group_announcement", data=data)
        )  # fmt: skip
    for member in () if chats else readers:
        who, key = member.learner_id, f"{head}-to-{member.learner_id}"
        word = notice(seat.group.id, who, "group_announcement", key, now, data, DeliveryKind.ANNOUNCEMENT)
        fresh |= await groups.post(word)
    if fresh:
        await context.work.tally.note(counted, now)
        await groups.note(Entry(seat.group.id, now, Deed.ANNOUNCED, context.learner.id, None, draft.text[:100]))
    return True


async def _readers(context: Context, seat: Seat) -> list[Membership]:
    """Who gets it: all others but those on a break."""
    away = {member.learner_id for member in await _away(context, seat)} | {context.learner.id}
    return [m for m in await context.work.groups.members(seat.group.id) if m.learner_id not in away]


async def _away(context: Context, seat: Seat) -> list[Membership]:
    """Those on a break. Of one who hides nobody may learn that they are, so a count takes them for a reader."""
    others = [m for m in await context.work.groups.members(seat.group.id) if m.learner_id != context.learner.id]
    plans = await context.work.groups.plans([m.learner_id for m in others])
    paused = {who for who, (plan, _) in plans.items() if plan.state is EnrollmentState.PAUSED}
    return [m for m in others if m.learner_id in paused]


COMMAND = Command(
    "group_announce", seated(announce, Role.ORGANISER), words=("group announce",),
    args=(Arg("group", ArgKind.GROUP), Arg("send", ArgKind.SEND), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
