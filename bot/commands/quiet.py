"""quiet: the hours in which nothing is pushed."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.learner import QuietHours
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.arguments import parse_time
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def quiet(context: Context, args: Args) -> Reply:
    """Set the quiet hours from one time to another; `off` for none; without either, ask."""
    off = str(args.get("off") or "")
    if off.lower() in {"off", "none", "never", "no"}:
        return await _set(context, QuietHours(parse_time("0:00"), parse_time("0:00")))
    if not args.get("start") or not args.get("end"):
        await context.ask("quiet")
        spans = (("21:00", "08:00"), ("22:00", "07:00"), ("23:00", "06:00"))
        made = [Button("quiet_span", f"quiet {a} {b}", {"start": a, "end": b}) for a, b in spans]
        return Reply(
            "ask_quiet", {"preferences": context.preferences}, (tuple(made), (Button("quiet_off", "quiet off"),))
        )
    return await _set(context, QuietHours(parse_time(str(args["start"])), parse_time(str(args["end"]))))


async def _set(context: Context, hours: QuietHours) -> Reply:
    preferences = replace(context.preferences, quiet=hours)
    before = context.enrollment.next_plan_at if context.enrollment else None
    await context.save("settings", preferences=preferences)
    after = context.enrollment.next_plan_at if context.enrollment else None
    data = {"preferences": preferences, "never": hours.start == hours.end,
            "next_push_at": after if after != before else None}  # fmt: skip
    return Reply("quiet_set", data, ((buttons.SETTINGS, buttons.UNDO),), replaces=True)


COMMAND = Command(
    "quiet",
    quiet,
    args=(Arg("start", ArgKind.TIME), Arg("end", ArgKind.TIME), Arg("off", ArgKind.WORD, pattern="(?i)off|none|never")),
    group="settings",
)
