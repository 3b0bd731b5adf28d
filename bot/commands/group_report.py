"""group report: tell the organisers that somebody does harm."""

from __future__ import annotations

import re

from bot.domain.group import Membership, Role, is_left
from bot.domain.group_log import Report
from bot.domain.message import Button, Reply
from bot.domain.question import GroupQuestion
from bot.domain.text import clean
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, known, left, mark, person, seated

LONGEST = 500
ANSWER = re.compile(r"a(\d{1,9})-(\d{1,9})")
"""An answer to a question, by the key it was sent under: all that an asker knows of somebody who hides."""


async def report(context: Context, args: Args, seat: Seat) -> Reply:
    """Whom, then what, then shown and sent on a tap; the organisers read it, and not who wrote it."""
    said, text = await _parted(context, seat, str(args.get("text") or ""))
    unnamed = await _answerer(context, seat, said)
    who = unnamed or await person(context, seat, said, shunned=True)
    if isinstance(who, Reply):
        return who
    if not unnamed and not await _is_read(context, seat, who):
        return Reply("group_report_nobody", {"who": who})
    at, meant = f"group_report #{seat.group.id}", said if unnamed else mark(who)
    if args.get("send"):
        return await _sent(context, seat, who, int(str(args["send"])))
    if not text:
        await context.ask(f"{at} {meant}")
        return Reply("group_report_what", {"who": who})
    if is_left(text):
        return left()
    draft = GroupQuestion(0, seat.group.id, context.learner.id, text, context.now, closed=True)
    kept = await context.work.groups.ask(draft)
    rows = ((Button("send_it", f"{at} send:{kept.id} {meant}"), Button("not_now", f"group #{seat.group.id}")),)
    return Reply("group_report_sure", {"who": who, "text": text}, rows)


async def _is_read(context: Context, seat: Seat, who: Membership) -> bool:
    """Whether anybody would read it but whom it is about."""
    members = await context.work.groups.members(seat.group.id)
    return any(m.role.covers(Role.ORGANISER) and m.learner_id != who.learner_id for m in members)


async def _answerer(context: Context, seat: Seat, said: str) -> Membership | None:
    """Who wrote an answer that came to the sender, when that is how somebody is meant."""
    found, groups = ANSWER.fullmatch(said), context.work.groups
    if not found or await groups.posting(said) is None:
        return None
    question, answer = [await groups.question(int(number)) for number in found.groups()]
    if question is None or answer is None or question.learner_id != context.learner.id:
        return None
    return next((m for m in await groups.members(seat.group.id) if m.learner_id == answer.learner_id), None)


async def _parted(context: Context, seat: Seat, said: str) -> tuple[str, str]:
    """Whom a line names at its beginning, by the longest name that fits, and what it says of them."""
    first, _, rest = said.partition(" ")
    if first.startswith("id:"):
        return first, clean(rest, LONGEST)
    names = [m.shown_name for m in await known(context, seat, shunned=True)]
    fits = [n for n in names if f"{said} ".casefold().startswith(f"{n} ".casefold())]
    name = max(fits, key=len, default=first)
    return name, clean(said[len(name) :], LONGEST)


async def _sent(context: Context, seat: Seat, who: Membership, number: int) -> Reply:
    groups = context.work.groups
    draft = await groups.question(number)
    if draft is None or draft.learner_id != context.learner.id or draft.group_id != seat.group.id:
        return Reply("group_ask_gone", {})
    known = [(r.learner_id, r.target_id, r.text) for r in await groups.reports(seat.group.id)]
    if (draft.learner_id, who.learner_id, draft.text) not in known:
        await groups.report(Report(seat.group.id, draft.learner_id, who.learner_id, draft.text, context.now))
    return Reply("group_reported", {"who": who}, replaces=True)


COMMAND = Command(
    "group_report", seated(report), words=("group report",),
    args=(Arg("group", ArgKind.GROUP), Arg("send", ArgKind.SEND), Arg("text", ArgKind.TEXT)),
)  # fmt: skip
