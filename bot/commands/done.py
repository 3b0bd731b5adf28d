"""done: mark tasks, by number, several at once, all of them, or by what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.commands.finish import finished_reply
from bot.commands.week import week_asked
from bot.domain.enrollment import Enrollment
from bot.domain.errors import Refusal, UnknownTask, UnknownWeek
from bot.domain.intent import Slot
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.domain.roadmap import Task, Week
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.task_words import matching
from bot.engine.views import week_at_hand, week_to_show

_NO_NUMBER = re.compile(r"(?:^|[\s,])-\d|\d\.\.|\d\.\d")


async def done(context: Context, args: Args) -> Reply:
    """Mark tasks done and say what is left. What was done before stays as it was."""
    week = week_meant(context, args)
    missing = _not_there(week, args)
    tasks = tasks_meant(context, week, args, missing)
    if not tasks:
        return _which(context, week, args)
    fresh = [task for task in tasks if not context.plan.is_done(task)]
    if not fresh:
        rest = _rest(context, week, tasks, args)
        ways = (buttons.NEXT, Button("reopen", f"undo {tasks[0].id}"))
        return Reply("already_done", {"tasks": tasks, "rest": rest, "week": week}, (ways, *_rest_button(week, rest)))
    mine = week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))
    await context.save("done", plan=_marked(context, fresh))
    await context.show(week)  # said once more, the same number is the same task, also when its week is done now
    if not any(context.plan.open_tasks(w) for w in context.roadmap.weeks):
        return finished_reply(context, tasks=fresh)
    return _told(context, fresh, mine, missing, _rest(context, week, tasks, args))


def _rest(context: Context, week: Week, tasks: Sequence[Task], args: Args) -> list[Task]:
    """What is open in a range's second week for whoever said "all" and meant its first."""
    whole = bool(args.get("all")) or args.get("tasks") == ["all"]
    first_week_only = whole and all(task.part == 1 for task in tasks)
    return [task for task in context.plan.open_tasks(week) if task.part > 1] if first_week_only else []


def _rest_button(week: Week, rest: Sequence[Task]) -> buttons.Rows:
    return ((Button("rest_of_range", f"done all of week {week.last}", {"week": week.last}),),) if rest else ()


def _not_there(week: Week, args: Args) -> list[str]:
    """Numbers beyond the week's tasks, when others beside them are tasks: the rest still counts."""
    said = args.get("tasks")
    words = [str(word) for word in said] if isinstance(said, list) else []
    beyond = [word for word in words if word.isdigit() and not 1 <= int(word) <= len(week.tasks)]
    return beyond if len(beyond) < len(words) else []


def _marked(context: Context, fresh: Sequence[Task]) -> Enrollment:
    plan = context.plan.completed(fresh, context.now)
    complete = all(plan.is_complete(week) for week in context.roadmap.weeks)
    return plan.finished(context.now) if complete else plan


def _told(context: Context, fresh: Sequence[Task], mine: Week, missing: Sequence[str], rest: Sequence[Task]) -> Reply:
    found = context.roadmap.task(fresh[-1].id)
    assert found is not None, "a task that was marked lies in the roadmap"
    week = found[0]
    left = context.plan.open_tasks(week)
    data = {
        "elsewhere": week is not mine, "missing": missing,
        "tasks": fresh, "week": week, "left": left, "done_count": len(week.tasks) - len(left),
        "numbers": [week.task_number(t.id) for t in fresh if t in week.tasks],
        "rest": [week.task_number(t.id) for t in rest if t in week.tasks],
    }  # fmt: skip
    return Reply("done", data, ((buttons.NEXT, buttons.UNDO), *_rest_button(week, rest)), replaces=True)


def week_meant(context: Context, args: Args) -> Week:
    """The week that was named, else the one whose numbers the learner has before their eyes. Raises `UnknownWeek`."""
    if args.get("week") is not None:
        named, here = week_asked(context, args["week"]), week_asked(context, None)
        if args["week"] == "-1" and named is here:  # in the first week there is no last one
            raise UnknownWeek(0, length=context.roadmap.length)
        return named
    return week_at_hand(context.learner, context.plan, context.roadmap, context.today)


def tasks_meant(context: Context, week: Week, args: Args, missing: Sequence[str] = ()) -> list[Task]:
    """The tasks that were named; empty when none were. Raises `UnknownTask`."""
    said = args.get("tasks")
    if args.get("all") or said == ["all"]:
        left_out = args.get("except")
        spared = left_out if isinstance(left_out, list) else []
        return [task for task in _all(context, week, args) if week.task_number(task.id) not in spared]
    if isinstance(said, list) and said:
        return [_task(context, week, str(word)) for word in said if str(word) not in missing]
    words = str(args.get("words") or "")
    best = matching(words, context.roadmap, context.plan, week) if words else []
    return best if len(best) == 1 else []


def _all(context: Context, week: Week, args: Args) -> list[Task]:
    """What is open in the week that was named, else in the one that runs. A range's first week has its own tasks only;
    to its second belongs whatever is open in the range, as in that week's plan. With neither named nor running, the
    whole range is meant, as it is shown."""
    slot = context.plan.slot_on(context.today, context.roadmap)
    named = str(args.get("week") or "")
    number = int(named) if named.isdecimal() else slot.number if slot else 0
    mine = tuple(task for task in week.tasks if task.part == 1) if number == week.first else week.tasks
    return [task for task in mine if not context.plan.is_done(task)] or list(mine)


def _task(context: Context, week: Week, word: str) -> Task:
    if word.isdigit():
        if not 1 <= int(word) <= len(week.tasks):
            raise UnknownTask(word, week=week, count=len(week.tasks))
        return week.tasks[int(word) - 1]
    found = context.roadmap.task(word)
    if found is None:
        raise UnknownTask(word, week=week, count=len(week.tasks))
    return found[1]


def _which(context: Context, week: Week, args: Args) -> Reply:
    """Ask which task was meant, offering the ones that fit, or the open ones."""
    words = str(args.get("words") or "")
    fitting = matching(words, context.roadmap, context.plan, week) if words else []
    offered = (fitting or list(context.plan.open_tasks(week)))[:4]
    rows = [(Button("this_task", f"done {t.id}", {"title": t.title}),) for t in offered]
    return Reply("which_task", {"words": words, "offered": offered, "week": week, "fits": bool(fitting)}, tuple(rows))


def _misread(context: Context, rest: str, slots: Mapping[str, Slot]) -> Refusal | None:
    """Numbers that no task has, such as `-1` or `1..9`: the rest of the line must not be read around them."""
    if not _NO_NUMBER.search(rest):
        return None
    week = week_meant(context, {}) if context.enrollment else None
    return UnknownTask(rest, week=week, count=len(week.tasks) if week else 0)


COMMAND = Command(
    "done", done, words=("did", "finished", "completed"), intents=("done",), args=(Arg("tasks", ArgKind.TASKS),),
    in_menu=True, needs_plan=True, misread=_misread,
    group="week",
)  # fmt: skip
