"""Finds the member of the speaker's groups who is asked after by name, such as in "what is Ada doing this week?"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from bot.domain.group import Membership
from bot.engine.context import Context
from bot.engine.seats import bound_here, is_public, visible


class AfterPeople(Protocol):
    """Knows how people ask after somebody."""

    def name_in(self, text: str) -> str:
        """The name of whoever is asked after; "" when this is no such question."""

    def goes_by(self, said: str, shown: str) -> bool:
        """Whether a name that was said is the one that somebody goes by."""


async def member_asked_after(context: Context, people: AfterPeople) -> str:
    """The command line that tells of the member who is meant; "" when nobody is, such as for a topic's name.

    Who hides is not found, as if they were not there, and where only a person can be meant that is said. In a chat of
    several only its group's members are found.
    """
    said = people.name_in(context.message.text)
    if not said or (context.shelf is not None and context.shelf.library.find(said) is not None):
        return ""
    found = await _first_group(context, lambda member: people.goes_by(said, member.shown_name))
    if not found:
        return await _not_found(context, people, said)
    who = f"id:{found[0].learner_id}" if len(found) == 1 else said
    return f"group_member #{found[0].group_id} {who}"


async def _not_found(context: Context, people: AfterPeople, said: str) -> str:
    """The line that says so of a name with a capital and `this week` behind it; "" for one's own and any other word."""
    text, mine = context.message.text, await context.work.groups.mine(context.learner.id)
    here = await bound_here(context) if is_public(context.message.channel) else None
    asked = [
        (g, me) for g, me in mine if not is_public(context.message.channel) or (here is not None and here.id == g.id)
    ]
    own = any(people.goes_by(said, name) for _, me in mine for name in (me.name, me.pseudonym) if name)
    spelt = re.search(rf"\b{re.escape(said)}\b", text, re.IGNORECASE)
    if not asked or own or "this week" not in text.casefold() or not spelt or not spelt[0].istitle():
        return ""
    return f"group_member #{asked[0][0].id} {spelt[0]}"


async def _first_group(context: Context, named: Callable[[Membership], bool]) -> list[Membership]:
    """Those who fit in the first group that has any, but for the speaker."""
    groups, me = context.work.groups, context.learner.id
    here = await bound_here(context)
    shunned = await groups.shunned(me)
    for group, _ in await groups.mine(me):
        if is_public(context.message.channel) and (here is None or here.id != group.id):
            continue
        there = [m for m in await groups.members(group.id) if m.learner_id != me and visible(m, shunned)]
        if found := [member for member in there if named(member)]:
            return found
    return []
