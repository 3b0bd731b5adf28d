"""switch: change to another roadmap; progress on both is kept."""

from __future__ import annotations

from collections.abc import Collection

from bot.commands.begin import begin
from bot.commands.shelf import take_up
from bot.domain.message import Button, Reply
from bot.domain.roadmap import Roadmap
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.roadmap_names import named_roadmap


async def switch(context: Context, args: Args) -> Reply:
    """Without a name: offer the others. With one: take it up where it was left, or offer to begin it."""
    if not args.get("roadmap"):
        mine = {e.roadmap_id for e in await context.work.enrollments(context.learner.id)}
        return _choices(context, list(context.catalog.roadmaps.values()), mine)
    roadmap = named_roadmap(str(args["roadmap"]), context.catalog)
    if roadmap is None:
        return await switch(context, {})
    if context.enrollment is None:
        return await begin(context, {"roadmap": roadmap.id})
    if context.enrollment.roadmap_id == roadmap.id:
        return Reply("same_roadmap", {"roadmap": roadmap}, ((buttons.NEXT, buttons.WEEK),))
    earlier = [e for e in await context.work.enrollments(context.learner.id) if e.roadmap_id == roadmap.id]
    return await take_up(context, earlier[0]) if earlier else _choices(context, [roadmap], ())


def _choices(context: Context, roadmaps: list[Roadmap], begun: Collection[str]) -> Reply:
    current = context.roadmap if context.enrollment else None
    others = [roadmap for roadmap in roadmaps if roadmap is not current]
    rows = [(_choice(roadmap, "switch" if roadmap.id in begun else "begin"),) for roadmap in others]
    stay = Button("stay", "as-it-is")
    data = {"others": others, "current": current, "named": len(roadmaps) == 1}
    return Reply("switch", data, (*rows, (stay,)) if current else tuple(rows))


def _choice(roadmap: Roadmap, verb: str) -> Button:
    return Button("roadmap", f"{verb} {roadmap.id}", {"title": roadmap.name, "weeks": roadmap.length})


COMMAND = Command(
    "switch", switch, words=("switch_roadmap", "roadmaps"), intents=("switch_roadmap",),
    args=(Arg("roadmap", ArgKind.ROADMAP),), in_menu=True, confirms=True,
    group="settings",
)  # fmt: skip
