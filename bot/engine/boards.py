"""Reads a group's board: memberships whole, plans for the lines of one screen only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.board import SCREEN, Board, Line, Shipped, WeekState, tasks_together
from bot.domain.catalog import Catalog
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.evidence import Evidence
from bot.domain.group import Membership, Sharing, StudyGroup
from bot.domain.learner import Preferences
from bot.domain.namesakes import told_apart
from bot.domain.plan import place, progress
from bot.domain.roadmap import Roadmap
from bot.engine.seats import visible
from bot.engine.storing import Work

WEEK = timedelta(weeks=1)
Plans = Mapping[int, tuple[Enrollment, Preferences]]


async def latest_shipped(work: Work, catalog: Catalog, learner_ids: Sequence[int]) -> Mapping[int, Shipped]:
    """The latest project of each of these learners that handed one in."""
    found = await work.evidence.latest(learner_ids)
    return {who: Shipped(_title(catalog, piece), piece.url, piece.at) for who, piece in found.items()}


def _title(catalog: Catalog, piece: Evidence) -> str:
    """A project's title; its id, when the roadmap is gone or does not have it any more."""
    roadmap = catalog.roadmaps.get(piece.roadmap_id)
    project = roadmap.project(piece.project_id) if roadmap else None
    return project.title if project else piece.project_id


async def board(work: Work, catalog: Catalog, group: StudyGroup, reader: int | None, page: int, now: datetime) -> Board:
    """One screen of a group's board. `reader` is None where others read along: then nobody is left out for their
    sake, and nothing is said of the reader alone."""
    members = await work.groups.members(group.id)
    shunned = await work.groups.shunned(reader) if reader is not None else frozenset[int]()
    shown = told_apart([m for m in members if visible(m, shunned) or m.learner_id == reader])
    shown.sort(key=lambda m: (m.learner_id != reader, m.shown_name.casefold(), m.learner_id))
    pages = max(1, -(-len(shown) // SCREEN))
    page = min(max(page, 1), pages)
    seen = shown[(page - 1) * SCREEN : page * SCREEN]
    plans = await work.groups.plans([m.learner_id for m in seen])
    lines = await _lines(work, catalog, seen, plans, now, reader)
    activity = await work.groups.activity(group.id, now - WEEK)
    moved = [m for m in shown if m.sharing is not Sharing.HIDDEN and m.learner_id in activity]
    hidden = sum(m.sharing is Sharing.HIDDEN for m in members)
    mine = plans.get(reader) if reader is not None and page == 1 else None
    recent = _recent(mine[0], now) if mine else ()
    return Board(
        group.id, group.name, tuple(lines), page, pages, len(members), hidden, len(moved),
        tasks_together(moved, activity), recent,
    )  # fmt: skip


async def lines_of(
    work: Work, catalog: Catalog, members: Sequence[Membership], now: datetime, reader: int | None = None
) -> list[Line]:
    """What these members show, each within what they share; a reader sees all of their own."""
    plans = await work.groups.plans([m.learner_id for m in members])
    return await _lines(work, catalog, members, plans, now, reader)


async def _lines(
    work: Work, catalog: Catalog, members: Sequence[Membership], plans: Plans, now: datetime, reader: int | None
) -> list[Line]:
    full = [m.learner_id for m in members if m.sharing is Sharing.FULL or m.learner_id == reader]
    shipped = await latest_shipped(work, catalog, full)
    return [_line(m, plans.get(m.learner_id), catalog, now, reader, shipped) for m in members]


def _line(
    member: Membership,
    found: tuple[Enrollment, Preferences] | None,
    catalog: Catalog,
    now: datetime,
    reader: int | None,
    shipped: Mapping[int, Shipped],
) -> Line:
    who, mine = member.learner_id, member.learner_id == reader
    roadmap = catalog.roadmaps.get(found[0].roadmap_id) if found else None
    if found is None or roadmap is None:
        return Line(who, member.shown_name, None, 0, WeekState.QUIET, 0, is_me=mine)
    plan, preferences = found
    today = preferences.today(now)
    far = progress(plan, roadmap, today, preferences.tz)
    done, total = _this_week(plan, roadmap, preferences, now)
    open_ = mine or member.sharing is Sharing.FULL
    return Line(
        who, member.shown_name, far.percent, roadmap.length, _state(plan, done, total, now), far.streak,
        done if open_ else None, total if open_ else None, shipped.get(who) if open_ else None, mine,
    )  # fmt: skip


def _this_week(plan: Enrollment, roadmap: Roadmap, preferences: Preferences, now: datetime) -> tuple[int, int]:
    today = preferences.today(now)
    slot = plan.slot_on(plan.anchor_on if plan.state is EnrollmentState.PAUSED else today, roadmap)
    week = roadmap.week(slot.number) if slot else None
    week = week or place(plan, roadmap, today).week
    return len(week.tasks) - len(plan.open_tasks(week)), len(week.tasks)


def _state(plan: Enrollment, done: int, total: int, now: datetime) -> WeekState:
    if plan.state is EnrollmentState.FINISHED:
        return WeekState.FINISHED
    if plan.state is EnrollmentState.PAUSED:
        return WeekState.BREAK
    if done == total:
        return WeekState.DONE
    lately = any(at > now - WEEK for at in plan.completions.values())
    return WeekState.MOVING if lately else WeekState.QUIET


def _recent(plan: Enrollment, now: datetime) -> tuple[int, ...]:
    """How many tasks were done in each of the last four weeks of seven days, oldest first."""
    counts = [0, 0, 0, 0]
    for at in plan.completions.values():
        ago = (now - at) // WEEK
        if 0 <= ago < 4:
            counts[3 - ago] += 1
    return tuple(counts)
