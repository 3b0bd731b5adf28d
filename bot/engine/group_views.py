"""What a posting says, made at the moment of sending."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.catalog import Catalog
from bot.domain.delivery import DeliveryKind
from bot.domain.group import Role
from bot.domain.message import Button, Reply
from bot.domain.posting import Addressee, Posting
from bot.engine.digests import digest
from bot.engine.introductions import say_hi
from bot.engine.ports import Library
from bot.engine.storing import Work

GIVEN = {"group_heir": Role.OWNER, "group_organiser": Role.ORGANISER}
"""What tells of a role, and which."""
OVER = ("group_closed", "group_out")
"""What tells that one is in a group no more, so that there is nothing of it to tap."""


async def posting_reply(
    work: Work, catalog: Catalog, library: Library | None, posting: Posting, to: Addressee, now: datetime
) -> Reply | None:
    """The words' data for a posting; None when there is nothing to say any more."""
    if to.learner is not None and posting.data.get("by") in await work.groups.shunned(to.learner.id):
        return None
    if posting.kind is DeliveryKind.DIGEST:
        on = posting.due_at.astimezone(to.group.digest.tz).date()
        return await digest(work, catalog, library, to.group, on, now)
    if posting.kind is DeliveryKind.CHEER:
        return await _cheered(work, posting, to)
    if posting.template == "group_question":
        return await _asked(work, posting, to)
    if posting.template in GIVEN and not await _holds(work, to, GIVEN[posting.template]):
        return None
    return _word(posting, to)


async def _holds(work: Work, to: Addressee, role: Role) -> bool:
    """Whether a role they were given is still theirs: the word may have waited through a break."""
    holders = [m.learner_id for m in await work.groups.members(to.group.id) if m.role is role]
    return to.learner is not None and to.learner.id in holders


def _word(posting: Posting, to: Addressee) -> Reply:
    """A posting whose words all stand in its data, with what can be tapped under it."""
    data, number = {"group": to.group, **posting.data}, posting.data.get
    if posting.template == "group_together":
        button = Button("together", f"group_together {number('mine')} {number('other')} yes")
    elif posting.template == "group_introduced":
        button = Button("say_hi", f"group_answer {number('other')}")
    elif posting.template in ("group_buddy", "group_hi"):
        button = say_hi(to.group.id, str(number("pair")), back=posting.template == "group_hi")
    elif posting.template == "group_answered":
        return Reply(posting.template, data, _under_answer(posting, to))
    elif posting.template in OVER:
        return Reply(posting.template, data, private=to.chat is None)
    else:
        button = Button("group_board", f"group_board #{to.group.id}")
    return Reply(posting.template, data, ((button,),), private=to.chat is None)


def _under_answer(posting: Posting, to: Addressee) -> tuple[tuple[Button, ...], ...]:
    """What an asker can tap; somebody without a name can be reported by their answer alone."""
    solved = Button("solved", f"group_solved {posting.data.get('question')}")
    report = Button("group_report", f"group_report #{to.group.id} {posting.key}")
    return ((solved,),) if posting.data.get("name") else ((solved, report),)


async def _cheered(work: Work, posting: Posting, to: Addressee) -> Reply | None:
    """All who cheered on that day, in one message, a line for each group they know each other from."""
    assert to.learner is not None, "people are cheered on, not chats"
    day = date.fromordinal(int(str(posting.data["day"])))
    shunned = await work.groups.shunned(to.learner.id)
    found = await work.groups.cheerers(to.learner.id, day)
    cheers = []
    for number in sorted(set(found.values()), key=lambda n: (n != to.group.id, n)):
        who = {learner for learner, group in found.items() if group == number} - shunned
        group, cheering = (
            await work.groups.get(number),
            [m for m in await work.groups.members(number) if m.learner_id in who],
        )
        names = sorted(m.open_name for m in cheering if m.open_name)
        if group and cheering:
            cheers.append((names[:3], len(cheering) - len(names[:3]), group.name))
    if not cheers:
        return None
    rows = ((Button("whats_next", "next"), Button("group_board", f"group_board #{to.group.id}")),)
    return Reply("group_cheered", {"cheers": cheers}, rows)


async def _asked(work: Work, posting: Posting, to: Addressee) -> Reply | None:
    """A member's question, for as long as it is open."""
    question = await work.groups.question(int(str(posting.data["question"])))
    if question is None or question.closed:
        return None
    if to.learner is not None and question.learner_id in await work.groups.shunned(to.learner.id):
        return None
    names = {m.learner_id: m.shown_name for m in await work.groups.members(to.group.id)}
    data = {"group": to.group, "name": names.get(question.learner_id, ""), "text": question.text,
            "task": posting.data.get("task", "")}  # fmt: skip
    help_ = Button("i_can_help", f"group_answer {question.id}")
    return Reply("group_question", data, ((help_,),), private=to.chat is None)
