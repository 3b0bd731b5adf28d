"""undo: take back the last action as a whole, or open named tasks again."""

from __future__ import annotations

from bot.commands.done import tasks_meant, week_meant
from bot.domain.change import Change, EnrollmentChange
from bot.domain.message import Reply
from bot.domain.schedule import rescheduled
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def undo(context: Context, args: Args) -> Reply:
    """With tasks named: open those. Without: whatever was done last."""
    if args.get("tasks") or args.get("words") or args.get("all"):
        return await _reopen(context, args)
    found = await context.work.undoing(context.learner.id)
    if found is None:
        return Reply("nothing_to_undo", {}, ((buttons.NEXT,),))
    number, change = found
    await context.work.apply(_timed(context, change), context.now, journal=False)
    await context.work.forget_change(number)
    reopened = _reopened(context, change)
    return Reply("undone", {"verb": change.verb, "tasks": reopened}, ((buttons.NEXT, buttons.WEEK),), replaces=True)


def _timed(context: Context, change: Change) -> Change:
    """The same change with next pushes worked out from now, since the stored ones may lie in the past."""
    preferences = change.learner.after.preferences if change.learner else context.preferences
    pairs = [
        EnrollmentChange(
            c.before, rescheduled(c.after, preferences, context.catalog.roadmap(c.after.roadmap_id), context.now)
        )
        for c in change.enrollments
        if c.after.roadmap_id in context.catalog.roadmaps
    ]
    return Change(change.verb, change.learner, tuple(pairs), change.evidence)


def _reopened(context: Context, change: Change) -> list[object]:
    titles: list[object] = []
    for pair in change.enrollments:
        roadmap = context.catalog.roadmaps.get(pair.after.roadmap_id)
        before = pair.before.completions if pair.before else {}
        gone = [task for task in before if task not in pair.after.completions]
        titles += [found[1] for task in gone if roadmap and (found := roadmap.task(task))]
    return titles


async def _reopen(context: Context, args: Args) -> Reply:
    if context.enrollment is None:
        return Reply("nothing_to_undo", {}, ())
    tasks = [t for t in tasks_meant(context, week_meant(context, args), args) if context.plan.is_done(t)]
    if not tasks:
        return Reply("nothing_to_undo", {}, ((buttons.NEXT,),))
    plan = context.plan.reopened(task.id for task in tasks)
    await context.save("undo", plan=plan)
    return Reply("undone", {"verb": "done", "tasks": tasks}, ((buttons.NEXT, buttons.WEEK),), replaces=True)


COMMAND = Command(
    "undo", undo, words=("reopen", "unmark"), intents=("undo",), args=(Arg("tasks", ArgKind.TASKS),), in_menu=True
)
