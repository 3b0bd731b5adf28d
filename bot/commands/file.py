"""file: say which project a link that was handed in is for."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.ship import OFFERED, is_same, told, week_here, which_project
from bot.domain.change import Change, EvidenceChange
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.shipping import LINKS_A_PROJECT, named


async def file(context: Context, args: Args) -> Reply:
    """Put a link under a project, by its place in the list or a word of its name; without one, ask."""
    mine = await context.work.evidence.of(context.learner.id)
    piece = next((e for e in mine if e.id == args["number"] and e.roadmap_id == context.roadmap.id), None)
    if piece is None:
        return Reply("link_gone", {}, ((buttons.PORTFOLIO, buttons.NEXT),))
    week, roadmap = week_here(context), context.roadmap
    meant = named(roadmap, week, str(args.get("project") or ""))
    if len(meant) != 1 or meant[0].id == piece.project_id:
        near = sorted(roadmap.projects, key=lambda p: abs(p.first - week.first))
        others = [p for p in (meant if len(meant) > 1 else near) if p.id != piece.project_id][:OFFERED]
        return which_project(context, piece, piece.id, sorted(others, key=lambda p: p.first))
    moved = replace(piece, project_id=meant[0].id)
    beside = [e for e in mine if (e.roadmap_id, e.project_id) == (moved.roadmap_id, moved.project_id)]
    if any(is_same(e, moved) for e in beside) or len(beside) >= LINKS_A_PROJECT:
        return Reply("ship_again", {"piece": moved}, ((buttons.PORTFOLIO, buttons.NEXT),))
    await context.work.apply(Change("file", evidence=(EvidenceChange(piece, moved),)), context.now)
    after = await context.work.evidence.of(context.learner.id)
    number = next(e.id for e in after if is_same(e, moved))
    return replace(told(context, moved, number, after, beside), replaces=True)


COMMAND = Command(
    "file", file, needs_plan=True,
    args=(Arg("number", ArgKind.NUMBER, required=True), Arg("project", ArgKind.TEXT)),
)  # fmt: skip
