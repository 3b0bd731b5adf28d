"""The group's week in one post: who moved, what was shipped, who could use a hand, and something to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.board import tasks_together
from bot.domain.catalog import Catalog
from bot.domain.group import Membership, Sharing, StudyGroup
from bot.domain.message import Button, Reply
from bot.domain.namesakes import told_apart
from bot.domain.question import GroupQuestion
from bot.engine.boards import WEEK, Plans, latest_shipped
from bot.engine.discussion import to_discuss
from bot.engine.ports import Library
from bot.engine.seats import join_row
from bot.engine.storing import Work

SIX_DAYS = timedelta(days=6)
"""From the day of the digest back to the first day it tells of."""
NAMES = 8
"""Names in one line; the rest are counted."""
SAMPLE = 100
"""In a larger group, so many plans say what most are at."""
ROOM = 80
"""Characters of a question that stand in the digest."""


async def digest(
    work: Work, catalog: Catalog, library: Library | None, group: StudyGroup, on: date, now: datetime
) -> Reply:
    """The digest of the seven days before an instant, due on a day. Those who hide are in none of its lines."""
    everybody = await work.groups.members(group.id)
    members = told_apart([m for m in everybody if m.sharing is not Sharing.HIDDEN])
    activity = await work.groups.activity(group.id, now - WEEK)
    active = [m for m in members if m.learner_id in activity]
    plans = await work.groups.plans([m.learner_id for m in [*active, *members][:SAMPLE]])
    asked = [q for q in await work.groups.questions(group.id, now - WEEK) if not q.closed]
    began = (now - SIX_DAYS).astimezone(group.digest.tz).date()
    data = {
        "group": group, "began": began, "names": _names(active), "away": len(active) < len(members),
        "alone": len(everybody) == 1, "everybody": 1 < len(active) == len(everybody),
        "help": _help(asked, members),
        "more": max(0, len(active) - NAMES), "active": len(active), "count": len(members),
        "tasks": tasks_together(active, activity), "shipped": await _shipped(work, catalog, members, now),
        "phases": _phases(active, plans, catalog, now),
        "topic": await to_discuss(work, group.id, plans, catalog, library, on, now),
    }  # fmt: skip
    return Reply("group_news", data, _rows(group, _help(asked, members), alone=len(everybody) == 1), private=False)


def _names(active: Sequence[Membership]) -> list[str]:
    return sorted((m.shown_name for m in active), key=str.casefold)[:NAMES]


def _rows(group: StudyGroup, asked: Sequence[tuple[str, str, int]], *, alone: bool) -> tuple[tuple[Button, ...], ...]:
    hands = tuple(Button("help_with", f"group_answer {number}", {"name": name}) for name, _, number in asked[:2])
    more = join_row() if alone else (Button("cheer_all", f"group_cheer #{group.id}"),)
    board = (Button("group_board", f"group_board #{group.id}"), *more)
    return (board, hands) if hands else (board,)


async def _shipped(
    work: Work, catalog: Catalog, members: Sequence[Membership], now: datetime
) -> list[tuple[str, str, str]]:
    """What was handed in these seven days by those who show it: name, title, address."""
    open_ = {m.learner_id: m.shown_name for m in members if m.sharing is Sharing.FULL}
    latest = await latest_shipped(work, catalog, list(open_))
    return [(open_[who], s.title, s.url) for who, s in latest.items() if s.at > now - WEEK][:NAMES]


def _help(asked: Sequence[GroupQuestion], members: Sequence[Membership]) -> list[tuple[str, str, int]]:
    """Who asked the group, what, and the question's number. Asking was their consent to be named."""
    names = {m.learner_id: m.shown_name for m in members}
    return [(names[q.learner_id], _short(q.text), q.id) for q in asked if q.learner_id in names][:3]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= ROOM else line[: ROOM - 1].rsplit(" ", 1)[0] + "…"


def _phases(active: Sequence[Membership], plans: Plans, catalog: Catalog, now: datetime) -> list[tuple[str, str]]:
    """Phases whose last task was done these seven days: name of the member, title of the phase."""
    found = []
    for member in active:
        plan = plans[member.learner_id][0] if member.learner_id in plans else None
        roadmap = catalog.roadmaps.get(plan.roadmap_id) if plan else None
        if plan is None or roadmap is None:
            continue
        for phase in roadmap.phases:
            done = [plan.completions.get(task.id) for week in phase.weeks for task in week.tasks]
            if all(done) and max(at for at in done if at) > now - WEEK:
                found.append((member.shown_name, phase.title))
    return found[:NAMES]
