"""group hi: a first word between two who were introduced, carried to wherever the other one is."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.delivery import DeliveryKind
from bot.domain.group import Membership
from bot.domain.message import Button, Reply
from bot.domain.posting import Posting
from bot.domain.question import GroupQuestion
from bot.domain.tally import Allowance
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.introductions import introduction
from bot.engine.seats import Seat, seated

LONGEST = 500
PAIR = re.compile(r"(\d{1,9})-(\d{1,9})-\d{8}")
SENT = Allowance("group hi", 3)
"""Words from one to the other in a day: enough to agree on a place of their own."""
WORTH = timedelta(weeks=2)


async def hi(context: Context, args: Args, seat: Seat) -> Reply:
    """Ask for the words, show them, and carry them over on a tap. Only between two who both looked for company."""
    draft = await _draft(context, seat, str(args.get("send") or ""))
    pair = draft.task_id if draft else str(args.get("pair") or "")
    other = await _other(context, seat, pair)
    if other is None:
        return Reply("group_hi_late", {"group": seat.group})
    if draft is not None:
        return await _sent(context, seat, draft, other)
    name = other.shown_name
    text = clean(str(args.get("text") or ""), LONGEST)
    if not text:
        await context.ask(f"group_hi #{seat.group.id} {pair}")
        return Reply("group_hi_what", {"name": name})
    written = GroupQuestion(0, seat.group.id, context.learner.id, text, context.now, pair, closed=True)
    kept = await context.work.groups.ask(written)
    rows = ((Button("send_it", f"group_hi #{seat.group.id} send:{kept.id}"), Button("not_now", "next")),)
    return Reply("group_hi_sure", {"name": name, "me": seat.me, "text": text}, rows)


async def _draft(context: Context, seat: Seat, number: str) -> GroupQuestion | None:
    """The words that were shown before, once they are to be sent."""
    found = await context.work.groups.question(int(number)) if number else None
    mine = found is not None and (found.learner_id, found.group_id) == (context.learner.id, seat.group.id)
    return found if mine else None


async def _other(context: Context, seat: Seat, pair: str) -> Membership | None:
    """The other one of two who were introduced, as long as both are in the group and on good terms."""
    me, introduced = context.learner.id, introduction(seat.group.id, pair)
    ids = PAIR.fullmatch(pair)
    if not ids or str(me) not in ids.groups() or await context.work.groups.posting(introduced) is None:
        return None
    shunned = await context.work.groups.shunned(me) | {me}
    there = await context.work.groups.members(seat.group.id)
    return next((m for m in there if str(m.learner_id) in ids.groups() and m.learner_id not in shunned), None)


async def _sent(context: Context, seat: Seat, draft: GroupQuestion, other: Membership) -> Reply:
    """Carry the words over, once."""
    groups, tally, now, name = context.work.groups, context.work.tally, context.now, other.shown_name
    key, counted = f"hi-{draft.id}", SENT.of(f"{context.learner.id} {other.learner_id}")
    if await groups.posting(key) is None:
        if SENT.free_from(await tally.times(counted), now):
            return Reply("group_hi_enough", {"name": name})
        await tally.note(counted, now)
        data = {"name": seat.me.shown_name, "text": draft.text, "pair": draft.task_id, "by": context.learner.id}
        await groups.post(
            Posting(0, key, DeliveryKind.ANSWER, seat.group.id, now, now, now + WORTH, learner_id=other.learner_id,
                    template="group_hi", data=data)
        )  # fmt: skip
    return Reply("group_hi_sent", {"name": name}, replaces=True)


COMMAND = Command(
    "group_hi", seated(hi),
    args=(Arg("group", ArgKind.GROUP), Arg("pair", ArgKind.WORD, pattern=PAIR.pattern),
          Arg("send", ArgKind.SEND), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
