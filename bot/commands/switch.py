"""switch: change to another roadmap; progress on both is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.message import Button, Reply
from bot.domain.plan import progress
from bot.domain.schedule import moved_to_now
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def switch(context: Context, args: Args) -> Reply:
    """Without a name: offer the others. With one: take it up where it was left, or offer to begin it."""
    said = args.get("roadmap")
    mine = {e.roadmap_id: e for e in await context.work.enrollments(context.learner.id)}
    if not said:
        return _choices(context, mine)
    roadmap = context.catalog.roadmap(str(said))
    if context.enrollment is not None and context.enrollment.roadmap_id == roadmap.id:
        return Reply("same_roadmap", {"roadmap": roadmap}, ((buttons.NEXT, buttons.WEEK),))
    if roadmap.id in mine:
        return await take_up(context, mine[roadmap.id])
    row = Button("roadmap", f"begin {roadmap.id}", {"title": roadmap.name, "weeks": roadmap.length})
    current = context.roadmap if context.enrollment else None
    return Reply("switch", {"others": [roadmap], "current": current}, ((row,), (Button("stay", "next"),)))


def _choices(context: Context, mine: dict[str, Enrollment]) -> Reply:
    current = context.enrollment.roadmap_id if context.enrollment else ""
    others = [r for r in context.catalog.roadmaps.values() if r.id != current]
    verbs = {r.id: "switch" if r.id in mine else "begin" for r in others}
    rows = [(Button("roadmap", f"{verbs[r.id]} {r.id}", {"title": r.name, "weeks": r.length}),) for r in others]
    data = {"others": others, "current": context.roadmap if context.enrollment else None}
    return Reply("switch", data, (*rows, (Button("stay", "next"),)))


async def take_up(context: Context, earlier: Enrollment) -> Reply:
    """Go on with a roadmap that was put aside: its first open week is the one that runs now."""
    roadmap = context.catalog.roadmap(earlier.roadmap_id)
    week = next((w for w in roadmap.weeks if earlier.open_tasks(w)), roadmap.weeks[-1])
    state = EnrollmentState.FINISHED if earlier.finished_at else EnrollmentState.ACTIVE
    plan = moved_to_now(replace(earlier, state=state), week.first, context.preferences, context.now)
    shelve = context.enrollment if context.enrollment and context.enrollment.id != earlier.id else None
    await context.save("switch", plan=plan, before=earlier, shelve=shelve)
    data = {"roadmap": roadmap, "week": week, "progress": progress(plan, roadmap, context.today, context.preferences.tz)}
    return Reply("switched", data, ((buttons.NEXT, buttons.WEEK), (buttons.UNDO,)), replaces=True)


COMMAND = Command(
    "switch", switch, words=("switch_roadmap", "roadmaps"), intents=("switch_roadmap",),
    args=(Arg("roadmap", ArgKind.ROADMAP),), in_menu=True,
)  # fmt: skip
