"""Where a learner stands, read without changing anything: for menus that offer open tasks and weeks."""

from __future__ import annotations

from bot.domain.catalog import Catalog
from bot.domain.enrollment import Enrollment
from bot.domain.intent import OpenTask, Scene
from bot.domain.message import ChannelRef, Message, Sender
from bot.domain.roadmap import Roadmap
from bot.engine.context import Context
from bot.engine.ports import Clock, Places
from bot.engine.router import scene
from bot.engine.storing import Store

LATELY = 25


async def glance(
    store: Store, catalog: Catalog, places: Places, clock: Clock, platform: str, external_id: str
) -> tuple[str, Scene, tuple[OpenTask, ...]] | None:
    """The roadmap an account's learner is on, what lies before them, and what they did last; None for those without a
    plan."""
    now = clock.now()
    async with store.work() as work:
        learner = await work.learner_of(platform, external_id)
        plan = await work.current_enrollment(learner.id) if learner else None
        if learner is None or plan is None or plan.roadmap_id not in catalog.roadmaps:
            return None
        nothing_said = Message(platform, "", Sender(external_id), ChannelRef(platform, ""), now)
        context = Context(nothing_said, learner, plan, catalog, places, work, now)
        return plan.roadmap_id, scene(context), _lately(plan, context.roadmap)


def _lately(plan: Enrollment, roadmap: Roadmap) -> tuple[OpenTask, ...]:
    """The tasks that were marked last, the latest first."""
    latest = sorted(plan.completions, key=lambda task: plan.completions[task], reverse=True)
    found = (roadmap.task(task_id) for task_id in latest[:LATELY])
    return tuple(
        OpenTask(week.task_number(task.id), task.id, task.title, week=week.first) for week, task in filter(None, found)
    )
