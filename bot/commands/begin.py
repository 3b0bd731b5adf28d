"""begin: put the learner on a roadmap at once, with what most people want; each of it is a tap to change."""

from __future__ import annotations

from datetime import date, timedelta

from bot.commands.shelf import take_up
from bot.commands.welcoming import welcome
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.errors import BadHours
from bot.domain.message import Button, Reply
from bot.domain.roadmap import Roadmap
from bot.domain.schedule import first_week_begins
from bot.domain.wallclock import next_weekday
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.dates import YEAR, bad_date, read_date, within


async def begin(context: Context, args: Args) -> Reply:
    """Enroll. Somebody who was on this roadmap before goes on where they were."""
    if not args.get("roadmap"):
        return welcome(context)
    roadmap = context.catalog.roadmap(str(args["roadmap"]))
    mine = await context.work.enrollments(context.learner.id)
    earlier = next((e for e in mine if e.roadmap_id == roadmap.id), None)
    now = context.enrollment
    if earlier is not None and now and earlier.id == now.id and now.state is EnrollmentState.ACTIVE:
        return Reply("same_roadmap", {"roadmap": roadmap}, ((buttons.NEXT, buttons.WEEK),))
    if earlier is not None:
        return await take_up(context, earlier)
    hours, first = checked_hours(args.get("hours"), roadmap), checked_start(args.get("start"), context)
    begins = first_week_begins(first, context.preferences.weekday)
    plan = Enrollment(0, context.learner.id, roadmap.id, first, hours, 1, begins)
    await context.save("enroll", plan=plan, shelve=context.enrollment)
    return await offer(context)


async def offer(context: Context) -> Reply:
    """The card of a fresh plan: dates, hours, zone, and what to change about them."""
    plan, roadmap = context.plan, context.roadmap
    if not context.preferences.zone:
        await context.ask("zone")
    data = {
        "roadmap": roadmap, "hours": plan.hours, "pace": plan.pace(roadmap), "ends_on": plan.ends_on(roadmap),
        "starts_on": plan.started_on, "today": context.today, "now": context.now, "name": context.learner.name,
        "preferences": context.preferences, "next_push_at": plan.next_push_at, "week": roadmap.weeks[0],
    }  # fmt: skip
    return Reply("enrolled", data, _rows(context), replaces=True)


def _rows(context: Context) -> buttons.Rows:
    plan, today = context.plan, context.today
    top = [buttons.NEXT]
    if plan.started_on > today:
        top.append(Button("start_today", f"from {today.isoformat()}"))
    if not context.preferences.zone:
        return (tuple(top), *buttons.cities())
    low, typical = context.roadmap.hours_low, context.roadmap.hours_typical
    others = dict.fromkeys(round(h) for h in (low / 2, low, typical) if round(h) != plan.hours)
    hours = [Button("hours", f"hours {h}", {"hours": h}) for h in others]
    right = (Button("yes", f"zone {context.preferences.zone}"), Button("other_city", "zone"))
    return (tuple(top), right, tuple(hours))


def next_push_day(context: Context) -> date:
    """The first push weekday whose push still lies ahead."""
    day = next_weekday(context.today, context.preferences.weekday)
    return day if context.preferences.push_instant(day) > context.now else day + timedelta(weeks=1)


def checked_hours(value: object, roadmap: Roadmap) -> float:
    """Hours a week; the middle of what the roadmap asks for when nothing was said. Raises `BadHours`."""
    if value is None:
        return float(round(roadmap.hours_typical))
    hours = float(str(value))
    if not 1 <= hours <= 80:
        raise BadHours(value)
    return hours


def checked_start(value: object, context: Context) -> date:
    """A start date from today to a year ahead. Raises `BadDate`."""
    if not value:
        return next_push_day(context)
    day = read_date(str(value), context.today)
    if day is None:
        raise bad_date(value, context.today)
    return within(day, value, context.today, context.today + YEAR)


COMMAND = Command(
    "begin", begin, words=("enroll",), intents=("enroll",),
    args=(Arg("roadmap", ArgKind.ROADMAP), Arg("hours", ArgKind.NUMBER), Arg("start", ArgKind.DATE)),
)  # fmt: skip
