"""Two learners become one, in the tables: everything that hangs on the one who goes is given to the one who stays.

Each table that refers to a learner has its rule in `RULES` or its place in `group_absorbing.OWNED`, else the row that
goes would take its rows along; a test holds that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from bot.domain.delivery import Delivery, same_now
from bot.domain.joining import Joining
from bot.storage import rows
from bot.storage.answer_tables import answer_feedback, answer_settings, answer_thread
from bot.storage.budgets import SqlBudgets
from bot.storage.connection import Connection
from bot.storage.group_absorbing import absorb
from bot.storage.tables import (
    completions,
    deliveries,
    enrollments,
    evidence,
    identities,
    journal,
    learners,
    link_codes,
    quiz_answers,
    quiz_runs,
)

Rule = Callable[[Connection, Joining], Awaitable[None]]


async def join(db: Connection, joining: Joining) -> None:
    """Make a joining true."""
    for rule in RULES.values():
        await rule(db, joining)
    await absorb(db, joining.learner.id, joining.gone_id)
    await SqlBudgets(db).join(joining.learner.id, joining.gone_id)
    learner = joining.learner
    fields = rows.from_preferences(learner.preferences) | {
        "name": learner.name, "asked": learner.asked, "shown_week": learner.shown_week,
        "last_push_on": learner.last_push_on,
    }  # fmt: skip
    await db.execute(update(learners).where(learners.c.id == learner.id).values(**fields))
    await db.execute(delete(learners).where(learners.c.id == joining.gone_id))


def _all_move(table: Table) -> Rule:
    async def rule(db: Connection, joining: Joining) -> None:
        theirs = table.c.learner_id == joining.gone_id
        await db.execute(update(table).where(theirs).values(learner_id=joining.learner.id))

    return rule


def _all_go(table: Table) -> Rule:
    async def rule(db: Connection, joining: Joining) -> None:
        await db.execute(delete(table).where(table.c.learner_id.in_([joining.learner.id, joining.gone_id])))

    return rule


def _one_of_each(table: Table, key: Sequence[str], at: str, *, latest: bool) -> Rule:
    """Of two rows that are about the same, the later one stays, or the earlier one."""

    async def rule(db: Connection, joining: Joining) -> None:
        both = table.c.learner_id.in_([joining.learner.id, joining.gone_id])
        order = table.c[at].asc() if latest else table.c[at].desc()
        found = (await db.execute(select(table).where(both).order_by(order))).mappings().all()
        stays = {tuple(row[name] for name in key): row for row in found}  # the last one of each
        for row in found:
            if stays[tuple(row[name] for name in key)] is not row:
                await db.execute(delete(table).where(*(c == row[c.name] for c in table.primary_key)))
        await _all_move(table)(db, joining)

    return rule


async def _codes(db: Connection, joining: Joining) -> None:
    """Open ones are void, used ones stay known as used."""
    both = link_codes.c.learner_id.in_([joining.learner.id, joining.gone_id])
    await db.execute(delete(link_codes).where(both & link_codes.c.used.is_(False)))
    await _all_move(link_codes)(db, joining)


async def _deliveries(db: Connection, joining: Joining) -> None:
    """What was owed for a plan that ceases to be is owed for the plan that takes it in, unless it is there already."""
    for gone, stays in joining.replaced.items():
        both = deliveries.c.enrollment_id.in_([gone, stays])
        best: dict[tuple[Any, ...], Delivery] = {}
        for row in await db.execute(select(deliveries).where(both).order_by(deliveries.c.id)):
            found = rows.to_delivery(row)
            key = (found.kind, found.local_date, found.minute)
            best[key] = same_now(best[key], found) if key in best else found
        kept = [delivery.id for delivery in best.values()]
        await db.execute(delete(deliveries).where(both & deliveries.c.id.not_in(kept)))
        await db.execute(update(deliveries).where(both).values(enrollment_id=stays))
    await _all_move(deliveries)(db, joining)


async def _plans(db: Connection, joining: Joining) -> None:
    """Runs after the deliveries: a plan that goes takes what is left of its own along."""
    await db.execute(delete(enrollments).where(enrollments.c.id.in_(joining.replaced)))
    for plan in joining.plans:
        await db.execute(update(enrollments).where(enrollments.c.id == plan.id).values(**rows.from_enrollment(plan)))
        await db.execute(delete(completions).where(completions.c.enrollment_id == plan.id))
        done = [{"enrollment_id": plan.id, "task_id": t, "done_at": at} for t, at in plan.completions.items()]
        if done:
            await db.execute(insert(completions), done)


async def _no_model(db: Connection, joining: Joining) -> None:
    """Whoever wanted no language model on either account has none on both."""
    both = answer_settings.c.learner_id.in_([joining.learner.id, joining.gone_id])
    said = (await db.execute(select(answer_settings.c.model).where(both))).scalars().all()
    await db.execute(delete(answer_settings).where(both))
    if said:
        await db.execute(insert(answer_settings).values(learner_id=joining.learner.id, model=all(said)))


RULES: Mapping[str, Rule] = {
    "identities": _all_move(identities),
    "journal": _all_go(journal),  # it tells of plans and preferences that are not there any more
    "deliveries": _deliveries,
    "enrollments": _plans,
    "quiz_runs": _one_of_each(quiz_runs, (), "started_at", latest=True),
    "quiz_answers": _one_of_each(quiz_answers, ("item",), "at", latest=True),
    "link_codes": _codes,
    "answer_feedback": _all_move(answer_feedback),
    "answer_thread": _all_move(answer_thread),
    "answer_settings": _no_model,
    "evidence": _one_of_each(evidence, ("roadmap_id", "project_id", "url"), "at", latest=False),
}
