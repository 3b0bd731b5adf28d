"""Buttons that several answers share."""

from __future__ import annotations

from bot.domain.message import Button
from bot.domain.plan import NextStep
from bot.domain.roadmap import Task, Week
from bot.engine.notes import read_button, week_buttons

Rows = tuple[tuple[Button, ...], ...]

NO_BUTTON = "#"
"""Begins the action of a number that was typed where buttons have numbers, and that no button has."""

NEXT = Button("whats_next", "next")
WEEK = Button("this_week", "week")
PLAN = Button("plan", "plan")
UNDO = Button("undo", "undo")
PROGRESS = Button("progress", "progress")
SETTINGS = Button("settings", "settings")
STUCK = Button("stuck", "stuck")
REDATE = Button("redate", "redate")
HELP = Button("help", "help")
QUIZ = Button("quiz", "quiz")
PORTFOLIO = Button("portfolio", "portfolio")


def done(task: Task) -> Button:
    """Marks one task, by its id, so that an old button never hits another week's number."""
    return Button("done", f"done {task.id}")


def begin_task(task: Task, number: int) -> Button:
    """Shows a task's first step."""
    return Button("start_task", f"task {task.id}", {"number": number})


def model_switch(wanted: bool) -> Button:
    """Turns a learner's language model off, or on again."""
    return Button("model_off", "tutor off") if wanted else Button("model_on", "tutor on")


def for_step(step: NextStep) -> Rows:
    """Under the answer to "what's next?"."""
    first = (done(step.task), Button("show_task", f"task {step.task.id}"))
    if step.place.left and step.week in step.place.left:
        return (first, (Button("redate", "redate"), Button("skip_to", "skip", {"week": step.place.week.label})))
    return (first, (*(read_button(step.task, step.week) or (WEEK,)), Button("not_now", "snooze")))


def for_small_step(task: Task, week: Week) -> Rows:
    """Under a week's plan for somebody who was away: one small thing, or other dates."""
    return ((begin_task(task, week.task_number(task.id)), REDATE), (Button("choice_pause", "pause"),))


def for_ahead(step: NextStep, again: Week | None) -> Rows:
    """Under a week's plan for somebody who did more than it: go on, look back, or see the dates."""
    look_back = (Button("quiz", f"quiz {again.first}"),) if again else ()
    return ((begin_task(step.task, step.number), *look_back), (PLAN,))


def for_week_asked(week: Week, first_open: Task | None) -> Rows:
    """Under a week that was asked for: its notes and its quiz too."""
    notes = week_buttons(week)
    if first_open is None:
        return ((NEXT, PLAN), notes) if notes else ((NEXT, PLAN),)
    begin = begin_task(first_open, week.task_number(first_open.id))
    return ((begin, Button("quick", "quick")), notes or (Button("later", "snooze"), STUCK))


def for_week(week: Week, first_open: Task | None) -> Rows:
    """Under a week's plan that was sent."""
    if first_open is None:
        return ((NEXT, PLAN),)
    top = (begin_task(first_open, week.task_number(first_open.id)), Button("quick", "quick"))
    return (top, (Button("later", "snooze"), STUCK))


CITIES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Singapore")


def cities() -> Rows:
    """A few big places to tap; any other is typed."""
    made = [Button("city", f"zone {zone}", {"city": zone.split("/")[-1].replace("_", " ")}) for zone in CITIES]
    return (tuple(made[:3]), tuple(made[3:]))
