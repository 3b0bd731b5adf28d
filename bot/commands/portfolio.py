"""portfolio: what the learner has to show, project by project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.commands.ship import week_here
from bot.commands.start import start
from bot.domain.evidence import Evidence
from bot.domain.message import Button, Reply
from bot.domain.roadmap import Project, Roadmap
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.shipping import next_to_ship

LINKS_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A link on the page, with its headings; None where one is the same as on the line above."""

    piece: Evidence
    on: date
    roadmap: str | None
    project: str | None


async def portfolio(context: Context, args: Args) -> Reply:
    """A page of the links, those of the present roadmap first; without any, what to show first."""
    mine = await context.work.evidence.of(context.learner.id)
    if not mine and context.enrollment is None:
        return await start(context, {"first": True})
    following = next_to_ship(context.roadmap, week_here(context), mine) if context.enrollment else None
    if not mine:
        return _empty(context, following)
    ordered = sorted(mine, key=lambda piece: _place(context, piece))
    total = -(-len(ordered) // LINKS_A_PAGE)
    at = min(max(int(str(args.get("page") or 1)), 1), total)
    shown = ordered[(at - 1) * LINKS_A_PAGE : at * LINKS_A_PAGE]
    data = {
        "lines": _lines(context, shown), "number": at, "total": total, "next": following if at == total else None,
        "links": len(mine), "projects": len({(e.roadmap_id, e.project_id) for e in mine if e.project_id}),
    }  # fmt: skip
    return Reply("portfolio", data, _rows(shown, at, total), replaces=bool(context.message.button) and "page" in args)


def _empty(context: Context, project: Project | None) -> Reply:
    point = project.checkpoints[-1] if project and project.checkpoints else None
    rows = ((Button("show_project", "project"), buttons.NEXT),) if project else ((buttons.NEXT, buttons.WEEK),)
    return Reply("portfolio_empty", {"project": project, "point": point}, rows)


def _place(context: Context, piece: Evidence) -> tuple[bool, str, int, str]:
    """The present roadmap first, then by name; in each the projects in their order, what is not sorted last."""
    here = context.enrollment is not None and piece.roadmap_id == context.enrollment.roadmap_id
    roadmap = context.catalog.roadmaps.get(piece.roadmap_id)
    ids = [p.id for p in roadmap.projects] if roadmap else []
    number = ids.index(piece.project_id) if piece.project_id in ids else len(ids)
    return not here, piece.roadmap_id, number, piece.project_id


def _lines(context: Context, shown: Sequence[Evidence]) -> list[Line]:
    lines: list[Line] = []
    above: tuple[str, str] | None = None
    for piece in shown:
        roadmap = context.catalog.roadmaps.get(piece.roadmap_id)
        names = (roadmap.name if roadmap else piece.roadmap_id), _title(roadmap, piece)
        first = None if above and above[0] == names[0] else names[0]
        second = None if above == names else names[1]
        lines.append(Line(piece, context.preferences.today(piece.at), first, second))
        above = names
    return lines


def _title(roadmap: Roadmap | None, piece: Evidence) -> str:
    """A project's title; its id, when the roadmap does not have it any more."""
    project = roadmap.project(piece.project_id) if roadmap else None
    return project.title if project else piece.project_id


def _rows(shown: Sequence[Evidence], at: int, total: int) -> buttons.Rows:
    loose = next((e for e in shown if not e.project_id), None)
    sort = ((Button("file_it", f"file {loose.id}", {"place": loose.place}),),) if loose else ()
    back = (Button("page_back", f"portfolio {at - 1}"),) if at > 1 else ()
    on = (Button("page_next", f"portfolio {at + 1}"),) if at < total else (Button("ship", "ship"), buttons.NEXT)
    return (*sort, (*back, *on))


COMMAND = Command(
    "portfolio", portfolio, words=("projects",), intents=("portfolio",), in_menu=True,
    args=(Arg("page", ArgKind.NUMBER),),
)  # fmt: skip
