"""undo: take back the last action as a whole, or open named tasks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands.done import tasks_meant, week_meant
from bot.domain.change import Change, EnrollmentChange
from bot.domain.delivery import DeliveryKind
from bot.domain.enrollment import Enrollment
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def undo(context: Context, args: Args) -> Reply:
    """With tasks named: open those. Without: whatever was done last."""
    if args.get("tasks") or args.get("words") or args.get("all"):
        return await _reopen(context, args)
    found, gone = await _latest(context)
    if found is None:
        return Reply("nothing_to_undo", {"gone": gone}, ((buttons.NEXT,),))
    number, change = found
    if change.verb == "enroll" and args.get("sure") != "enroll":
        return _ask_to_leave(context)
    await context.work.apply(await _timed(context, change), context.now, journal=False)
    await context.work.forget_change(number)
    if change.verb in ("pause", "finish"):  # the reminder that these dropped was promised
        await context.work.revive_deliveries(context.learner.id, context.now)
    reopened = _reopened(context, change)
    now_on = await context.work.current_enrollment(context.learner.id)
    roadmap = context.catalog.roadmaps.get(now_on.roadmap_id) if now_on else None
    preferences = change.learner.after.preferences if change.learner else context.preferences
    data = {"verb": change.verb, "tasks": reopened, "roadmap": roadmap, "gone": gone,
            "next_push_at": _moved(context.enrollment, now_on), "zone": preferences.zone or "UTC"}  # fmt: skip
    return Reply("undone", data, ((buttons.NEXT, buttons.WEEK),), replaces=True)


async def _latest(context: Context) -> tuple[tuple[int, Change] | None, bool]:
    """The last action that can be taken back; and whether a later one was a reminder that waits no more."""
    gone = False
    while (found := await context.work.undoing(context.learner.id)) is not None:
        if found[1].verb != "snooze" or await context.work.withdraw(context.learner.id, DeliveryKind.NUDGE):
            return found, gone
        await context.work.forget_change(found[0])
        gone = True
    return None, gone


def _ask_to_leave(context: Context) -> Reply:
    """Whoever taps undo once too often has a plan to lose: that is asked, and never just done."""
    rows = ((Button("leave_roadmap", "undo-enroll"), Button("leave_it", "as-it-is")),)
    return Reply("undo_enroll", {"roadmap": context.roadmap if context.enrollment else None}, rows)


def _moved(before: Enrollment | None, after: Enrollment | None) -> datetime | None:
    """When the next plan comes, where that is another instant than it was."""
    then, now = (plan.next_plan_at if plan else None for plan in (before, after))
    return now if now != then else None


async def _timed(context: Context, change: Change) -> Change:
    """The same change with next pushes worked out from now, since the stored ones may lie in the past."""
    preferences = change.learner.after.preferences if change.learner else context.preferences
    pairs = [
        EnrollmentChange(c.before, await context.timed(_not_owed(c, context.now), preferences))
        for c in change.enrollments
        if c.after.roadmap_id in context.catalog.roadmaps
    ]
    return Change(change.verb, change.learner, tuple(pairs), change.evidence)


def _not_owed(pair: EnrollmentChange, now: datetime) -> Enrollment:
    """The enrollment as it was, but that a push of the time in between, such as of a pause, is not owed after all."""
    at, before = pair.after.next_push_at, pair.before
    passed = at is not None and at <= now and before is not None and before.next_push_at != at
    return replace(pair.after, next_push_at=None) if passed else pair.after


def _reopened(context: Context, change: Change) -> list[object]:
    titles: list[object] = []
    for pair in change.enrollments:
        roadmap = context.catalog.roadmaps.get(pair.after.roadmap_id)
        before = pair.before.completions if pair.before else {}
        gone = {task for task in before if task not in pair.after.completions}
        titles += [task for task in roadmap.tasks() if task.id in gone] if roadmap else []
    return titles


async def _reopen(context: Context, args: Args) -> Reply:
    if context.enrollment is None:
        return Reply("nothing_to_undo", {"gone": False}, ())
    tasks = [t for t in tasks_meant(context, week_meant(context, args), args) if context.plan.is_done(t)]
    if not tasks:
        return Reply("nothing_to_undo", {"gone": False}, ((buttons.NEXT,),))
    plan = context.plan.reopened(task.id for task in tasks)
    await context.save("undo", plan=plan)
    return Reply(
        "undone", {"verb": "done", "tasks": tasks, "gone": False}, ((buttons.NEXT, buttons.WEEK),), replaces=True
    )


COMMAND = Command(
    "undo",
    undo,
    words=("reopen", "unmark"),
    intents=("undo",),
    args=(Arg("tasks", ArgKind.TASKS),),
    in_menu=True,
    group="week",
)
