"""What a week and a push look like as data, the same whether asked for or sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.delivery import PLACE_LOST, Delivery, DeliveryKind
from bot.domain.enrollment import Enrollment
from bot.domain.learner import Learner, Preferences
from bot.domain.message import Button, Reply
from bot.domain.plan import Place, Standing, next_step, place, progress
from bot.domain.roadmap import Aged, Project, Roadmap, Task, Week
from bot.engine import buttons, standing_views

LATE = timedelta(hours=2)
"""A push that goes out this long after it was due says so."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it stands in a list: its number, and whether it is done."""

    number: int
    task: Task
    done: bool


def lines(week: Week, plan: Enrollment, part: int | None = None) -> list[TaskLine]:
    """The tasks of a unit, or of one of its weeks, under the numbers learners say."""
    numbered = enumerate(week.tasks, 1)
    return [TaskLine(n, task, plan.is_done(task)) for n, task in numbered if part in (None, task.part)]


def week_to_show(plan: Enrollment, roadmap: Roadmap, where: Place) -> Week:
    """The unit a plan message is about: the calendar's, or for those who are ahead the first one still open."""
    if where.standing is not Standing.AHEAD:
        return where.week
    later = (w for w in roadmap.weeks if w.first > where.week.first and plan.open_tasks(w))
    return next(later, where.week)


def week_at_hand(learner: Learner, plan: Enrollment, roadmap: Roadmap, today: date) -> Week:
    """The week whose numbers the learner has before their eyes: the one shown last, else the one pushed last."""
    shown = roadmap.week(learner.shown_week or 0) or _week_of_small_step(learner, plan, roadmap)
    return shown or week_to_show(plan, roadmap, place(plan, roadmap, today))


def _week_of_small_step(learner: Learner, plan: Enrollment, roadmap: Roadmap) -> Week | None:
    """The week of the one small task that the latest push offered to somebody silent; None when it showed a plan."""
    day = learner.last_push_on
    step = next_step(plan, roadmap, day) if day else None
    if day is None or step is None:
        return None
    silent = standing_views.silent_weeks(plan, roadmap, step.place, learner.preferences, day)
    return step.week if silent >= standing_views.SILENCE else None


def week_data(plan: Enrollment, roadmap: Roadmap, week: Week, today: date) -> dict[str, object]:
    """What the words of a week need: the week itself, its tasks, where it falls, what it belongs to."""
    where = place(plan, roadmap, today)
    number = where.slot.number if where.slot and week is where.week else week.first
    return {
        "roadmap": roadmap, "week": week, "number": number, "phase": roadmap.phase_of(week),
        "lines": lines(week, plan), "begins": plan.begins_on(number, roadmap),
        "ends": plan.starts_on(week.last + 1, roadmap) - timedelta(days=1),
        "second": number > week.first, "slot": where.slot,
        "is_current": week is where.week and where.slot is not None, "before": _week_before(plan, roadmap, week),
        "caveats": caveats(week, week.assignment, week.project, week.goal),
        "arc": _checkpoint(roadmap, week, number), "standing": where.standing,
    }  # fmt: skip


def _week_before(plan: Enrollment, roadmap: Roadmap, week: Week) -> dict[str, object] | None:
    """How the week before went, as `done` of `total`."""
    index = roadmap.index(week)
    if index == 0:
        return None
    earlier = roadmap.weeks[index - 1]
    done = len(earlier.tasks) - len(plan.open_tasks(earlier))
    return {"week": earlier, "done": done, "total": len(earlier.tasks)}


def _checkpoint(roadmap: Roadmap, week: Week, number: int) -> dict[str, object] | None:
    """The project that runs through this week and where it should stand at its end."""
    running = (p for p in roadmap.projects if p.first <= number <= p.last)
    return next((found for p in running if (found := _point(p, number))), None)


def _point(project: Project, number: int) -> dict[str, object] | None:
    points = [c for c in project.checkpoints if c.week >= number]
    return {"project": project, "point": points[0], "last": points[0].week == project.last} if points else None


PUSHED = ("weekly", "weekly_small", "weekly_ahead", "plan_over")
"""The templates that many wait for in one instant."""


def push_reply(delivery: Delivery, learner: Learner, plan: Enrollment, roadmap: Roadmap, now: datetime) -> Reply:
    """The words' data for a delivery, made fresh at the moment of sending."""
    if delivery.kind is DeliveryKind.NUDGE:
        return _reminder(learner, plan, roadmap, now)
    if delivery.kind is DeliveryKind.CHECKIN:
        return plan_over(delivery, plan, roadmap, learner, now)
    return weekly(delivery, learner, plan, roadmap, now)


def weekly(delivery: Delivery, learner: Learner, plan: Enrollment, roadmap: Roadmap, now: datetime) -> Reply:
    """The week's plan as it is pushed."""
    preferences = learner.preferences
    where = place(plan, roadmap, delivery.local_date)
    week = week_to_show(plan, roadmap, where)
    step = next_step(plan, roadmap, delivery.local_date)
    data = week_data(plan, roadmap, week, delivery.local_date) | {
        "name": learner.name, "due_at": delivery.due_at, "late": _is_late(delivery, preferences, now),
        "missed": delivery.missed, "next_push_at": plan.next_plan_at, "left": where.left,
        "today": preferences.today(now), "place_lost": delivery.last_error == PLACE_LOST,
        "ahead": standing_views.weeks_ahead(plan, roadmap, week, delivery.local_date),
    }  # fmt: skip
    special = standing_views.special(data, plan, roadmap, preferences, step, delivery.local_date, now) if step else None
    if special is not None:
        return special
    open_tasks = plan.open_tasks(week)
    rows = buttons.for_week(week, open_tasks[0] if open_tasks else None)
    return Reply("weekly", data, rows)


def _is_late(delivery: Delivery, preferences: Preferences, now: datetime) -> bool:
    return now - preferences.loud(delivery.due_at) > LATE


def in_public(reply: Reply) -> Reply:
    """The week's plan for a place that others read too: whose it is, and nothing of how they have been doing."""
    silent = {"late": False, "missed": 0, "before": None, "standing": "", "place_lost": False}
    return replace(reply, template="weekly_shared", data={**reply.data, **silent})


def caveats(week: Week, *advice: str) -> list[Aged]:
    """What has aged of the advice in these texts: they say a name that the week's notes on aged advice give."""
    said = set(re.findall(r"[A-Z]\w{3,}", " ".join(advice)))
    return [aged for aged in week.aged if said & set(re.findall(r"[A-Z]\w{3,}", aged.names)) - {"Deploy"}]


def _reminder(learner: Learner, plan: Enrollment, roadmap: Roadmap, now: datetime) -> Reply:
    step = next_step(plan, roadmap, learner.preferences.today(now))
    return Reply("reminder", {"step": step, "name": learner.name}, buttons.for_step(step) if step else ())


def plan_over(delivery: Delivery, plan: Enrollment, roadmap: Roadmap, learner: Learner, now: datetime) -> Reply:
    """The day after the plan's last: how far it went, and what to do with the rest."""
    preferences = learner.preferences
    data = {"progress": progress(plan, roadmap, preferences.today(now), preferences.tz), "roadmap": roadmap,
            "name": learner.name, "due_at": delivery.due_at, "late": _is_late(delivery, preferences, now),
            "today": preferences.today(now) == delivery.local_date}  # fmt: skip
    return Reply("plan_over", data, ((Button("keep_going", "redate"), Button("finish", "finish sure")),))
