"""Taking up a roadmap again that was put aside. Shared by the commands that can lead to it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.message import Reply
from bot.domain.plan import progress
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.context import Context


async def take_up(context: Context, earlier: Enrollment) -> Reply:
    """Go on with a roadmap that was put aside: its first open week is the one that runs now."""
    roadmap = context.catalog.roadmap(earlier.roadmap_id)
    wanted = (w for w in roadmap.weeks if w.first >= earlier.focus_week)  # not what was left behind on purpose
    week = next((w for w in (*wanted, *roadmap.weeks) if earlier.open_tasks(w)), roadmap.weeks[-1])
    state = EnrollmentState.FINISHED if earlier.finished_at else EnrollmentState.ACTIVE
    plan = moved_to_now(replace(earlier, state=state), week.first, context.preferences, context.now)
    shelve = context.enrollment if context.enrollment and context.enrollment.id != earlier.id else None
    await context.save("switch", plan=plan, before=earlier, shelve=shelve)
    data = {
        "roadmap": roadmap,
        "week": week,
        "progress": progress(plan, roadmap, context.today, context.preferences.tz),
        "next_push_at": context.plan.next_plan_at,
    }
    return Reply("switched", data, ((buttons.NEXT, buttons.WEEK), (buttons.UNDO,)), replaces=True)
