"""Where a learner stands, read without changing anything: for menus that offer open tasks and weeks."""

from __future__ import annotations

from bot.domain.catalog import Catalog
from bot.domain.intent import Scene
from bot.domain.message import ChannelRef, Message, Sender
from bot.engine.context import Context
from bot.engine.ports import Clock, Places
from bot.engine.router import scene
from bot.engine.storing import Store


async def glance(
    store: Store, catalog: Catalog, places: Places, clock: Clock, platform: str, external_id: str
) -> tuple[str, Scene] | None:
    """The roadmap an account's learner is on and what lies before them; None for those without a plan."""
    now = clock.now()
    async with store.work() as work:
        learner = await work.learner_of(platform, external_id)
        plan = await work.current_enrollment(learner.id) if learner else None
        if learner is None or plan is None or plan.roadmap_id not in catalog.roadmaps:
            return None
        nothing_said = Message(platform, "", Sender(external_id), ChannelRef(platform, ""), now)
        context = Context(nothing_said, learner, plan, catalog, places, work, now)
        return plan.roadmap_id, scene(context)
