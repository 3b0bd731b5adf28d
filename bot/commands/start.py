"""start: the first hello, and the way to a roadmap."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def start(context: Context, args: Args) -> Reply:
    """Offer the roadmaps; to somebody who has one, say where they are. `first` says that they wanted something else."""
    if context.enrollment is not None:
        here = ((buttons.NEXT, buttons.WEEK), (Button("other_roadmap", "switch"), buttons.HELP))
        return Reply("already_started", {"roadmap": context.roadmap, "name": context.learner.name}, here)
    roadmaps = list(context.catalog.roadmaps.values())
    rows = tuple((Button("roadmap", f"begin {r.id}", {"title": r.name, "weeks": r.length}),) for r in roadmaps)
    return Reply(
        "pick_first" if args.get("first") else "welcome", {"name": context.learner.name, "roadmaps": roadmaps}, rows
    )


COMMAND = Command(
    "start", start, words=("begin_again", "hello"), intents=("start", "greet"),
    args=(Arg("text", ArgKind.TEXT),), in_menu=True,
)  # fmt: skip
