"""ship: hand in a link for a project. It is kept, not fetched."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.change import Change, EvidenceChange
from bot.domain.evidence import Evidence, checked_link
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.domain.roadmap import Project, Week
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.shipping import (
    LINKS_A_PROJECT,
    fitting,
    next_to_ship,
    note_of,
    shown_projects,
    split_link,
    surely_handed_in,
)
from bot.engine.views import week_to_show

OFFERED = 6


async def ship(context: Context, args: Args) -> Reply:
    """Keep a link for the project that is meant; when several may be, keep it and ask for which."""
    typed = " ".join(str(args[name]) for name in ("url", "words") if name in args)
    link, words = split_link(str(args["text"]), str(args.get("url") or "")) if "text" in args else split_link(typed)
    if not link:
        return await _which_link(context)
    url = checked_link(link)
    projects = fitting(context.roadmap, week_here(context), url, words)
    sure = "text" not in args or surely_handed_in(context.roadmap, week_here(context), url, words)
    project = projects[0] if len(projects) == 1 and sure else None
    note = "" if "text" in args else note_of(words, projects)
    mine = await context.work.evidence.of(context.learner.id)
    piece = Evidence(
        0, context.learner.id, context.roadmap.id, project.id if project else "", url, note, context.now
    )  # fmt: skip
    return await kept(context, piece, mine, projects, sure=sure)


async def _which_link(context: Context) -> Reply:
    await context.ask("ship")
    project = next_to_ship(context.roadmap, week_here(context), await context.work.evidence.of(context.learner.id))
    return Reply("ask_link", {"project": project}, ((buttons.NEXT, buttons.PORTFOLIO),))


def week_here(context: Context) -> Week:
    """The week the learner is in."""
    return week_to_show(context.plan, context.roadmap, place(context.plan, context.roadmap, context.today))


async def kept(
    context: Context, piece: Evidence, mine: Sequence[Evidence], projects: Sequence[Project], *, sure: bool
) -> Reply:
    """Keep a link and say where it stands. `mine` is what was there before, `projects` what it may be for."""
    beside = [e for e in mine if (e.roadmap_id, e.project_id) == (piece.roadmap_id, piece.project_id)]
    if any(e.url == piece.url for e in beside):
        return Reply("ship_again", {"piece": piece}, ((buttons.PORTFOLIO, buttons.NEXT),))
    if piece.project_id and len(beside) >= LINKS_A_PROJECT:
        rows = tuple((Button("unship", f"unship {e.id}", {"place": e.place}),) for e in beside)
        return Reply("ship_full", {"project": projects[0], "most": LINKS_A_PROJECT}, rows)
    await context.work.apply(Change("ship", evidence=(EvidenceChange(None, piece),)), context.now)
    number = next(e.id for e in await context.work.evidence.of(context.learner.id) if is_same(e, piece))
    if not piece.project_id:
        return which_project(context, piece, number, projects, sure=sure)
    return told(context, piece, number, [*mine, piece], beside)


def is_same(one: Evidence, other: Evidence) -> bool:
    """Whether two are the same link for the same project."""
    return (one.roadmap_id, one.project_id, one.url) == (other.roadmap_id, other.project_id, other.url)


def which_project(
    context: Context, piece: Evidence, number: int, projects: Sequence[Project], *, sure: bool = True
) -> Reply:
    """Ask what a link is for, or, unless that is sure, whether it is for anything."""
    rows = tuple(
        (Button("file_under", f"file {number} {context.roadmap.projects.index(p) + 1}", {"title": p.title}),)
        for p in projects[:OFFERED]
    )
    data = {"piece": piece, "any": bool(projects), "number": number, "more": len(context.roadmap.projects) > len(rows),
            "sure": sure}  # fmt: skip
    leave = buttons.UNDO if sure else Button("leave_out", f"unship {number}")
    return Reply("ship_which", data, (*rows, (leave, buttons.PORTFOLIO)))


def told(context: Context, piece: Evidence, number: int, mine: Sequence[Evidence], beside: Sequence[Evidence]) -> Reply:
    """What was handed in, and what comes next."""
    roadmap = context.roadmap
    data = {
        "project": roadmap.project(piece.project_id), "piece": piece, "beside": beside,
        "count": len(shown_projects(roadmap, mine)), "total": len(roadmap.projects),
        "next": next_to_ship(roadmap, week_here(context), mine),
    }  # fmt: skip
    rows: buttons.Rows = ((buttons.PORTFOLIO, buttons.UNDO), (Button("file_other", f"file {number}"),))
    if beside:
        rows = (*rows, (Button("ship_instead", f"unship {beside[-1].id}", {"place": beside[-1].place}),))
    return Reply("shipped", data, rows)


def _is_link(context: Context, args: Args) -> bool:
    return bool(split_link(f"{args.get('url', '')} {args.get('words', '')}")[0])


COMMAND = Command(
    "ship", ship, words=("shipped", "submit", "handin"), intents=("submit_project",), in_menu=True, needs_plan=True,
    args=(Arg("url", ArgKind.WORD), Arg("words", ArgKind.TEXT)), accepts=_is_link,
)  # fmt: skip
