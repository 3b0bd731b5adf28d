"""milepost roadmap list|show|check"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.catalog.loader import load_catalog
from bot.catalog.problems import ContentError, Problem
from bot.domain.catalog import Catalog
from bot.domain.errors import MilepostError
from bot.domain.roadmap import Roadmap, Week
from bot.resources import shipped
from bot.settings import Settings
from bot.verbs import say

if TYPE_CHECKING:
    from bot.catalog.content_checks import Checked

app = typer.Typer(help="Look at roadmaps, and check your own.", no_args_is_help=True, rich_markup_mode=None)
Json = Annotated[bool, typer.Option("--json", help="print JSON and nothing else")]


def _catalog() -> Catalog:
    return load_catalog(Settings.load().content_dir or shipped("content"))


@app.command("list")
def list_(as_json: Json = False) -> None:
    """All roadmaps there are."""
    rows = [_head(r) for r in _catalog().roadmaps.values()]
    if as_json:
        say.as_json(rows)
        return
    for row in rows:
        say.line(f"{row['id']:22} {row['weeks']:3} weeks  {row['title']}")


@app.command()
def show(roadmap_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """One roadmap, week by week."""
    roadmap = _named(roadmap_id)
    if as_json:
        stack = [{"category": row.category, "tools": list(row.tools)} for row in roadmap.stack]
        whole = {"prerequisites": list(roadmap.prerequisites), "principles": list(roadmap.principles), "stack": stack}
        say.as_json(_head(roadmap) | whole | {"phases": [_phase(roadmap, i) for i in range(len(roadmap.phases))]})
        return
    say.line(f"{roadmap.title}\n{roadmap.summary}")
    for name in ("prerequisites", "principles"):
        for text in getattr(roadmap, name):
            say.line(f"{name}: {text}")
    for row in roadmap.stack:
        say.line(f"{row.category}: {', '.join(row.tools)}")
    for phase in roadmap.phases:
        say.line(f"\n{phase.title} ({phase.months})")
        for name in ("goal", "focus", "milestone"):
            if getattr(phase, name):
                say.line(f"  {name}: {getattr(phase, name)}")
        for week in phase.weeks:
            say.line(f"  {week.label:>6}  {week.title}  · {len(week.tasks)} tasks, {week.hours:g} h")


def _named(roadmap_id: str) -> Roadmap:
    found = _catalog().roadmaps
    if roadmap_id not in found:
        raise MilepostError(f"There is no roadmap {roadmap_id!r}. There are: {', '.join(found)}.")
    return found[roadmap_id]


@app.command()
def check(path: Annotated[Path, typer.Argument(metavar="PATH")], as_json: Json = False) -> None:
    """Read a roadmap's folder, or a whole content folder, and name all that is wrong: file, line, remedy."""
    checked = _checked(path)
    if as_json:
        say.as_json([_problem(p) for p in checked.problems])
        raise typer.Exit(1 if checked.problems else 0)
    if checked.problems:
        raise ContentError.of(checked.problems)
    for roadmap in checked.roadmaps:
        say.line(f"{roadmap.id}: {roadmap.length} weeks, {sum(1 for _ in roadmap.tasks())} tasks, nothing to mend.")
    if checked.notes:
        say.line(f"{checked.notes} study notes, nothing to mend.")


def _checked(path: Path) -> Checked:
    # Half of what this module would load, and `check` alone needs it.
    from bot.catalog.content_checks import Checked, check_content, check_roadmap  # noqa: PLC0415

    if (path / "roadmap.yaml").is_file():
        return check_roadmap(path)
    if (path / "roadmaps").is_dir():
        return check_content(path)
    remedy = "Name a roadmap's folder, such as content/roadmaps/my-plan, or a content folder."
    return Checked((), 0, (Problem(str(path), 1, "", "there is no roadmap.yaml here", remedy),))


def _problem(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("file", "line", "where", "problem", "remedy")}


def _head(roadmap: Roadmap) -> dict[str, Any]:
    return {
        "id": roadmap.id, "title": roadmap.title, "summary": roadmap.summary, "weeks": roadmap.length,
        "hours_per_week": [roadmap.hours_low, roadmap.hours_high], "tasks": sum(1 for _ in roadmap.tasks()),
    }  # fmt: skip


def _phase(roadmap: Roadmap, index: int) -> dict[str, Any]:
    phase = roadmap.phases[index]
    texts = {"goal": phase.goal, "focus": phase.focus, "milestone": phase.milestone, "months": phase.months}
    return {"id": phase.id, "title": phase.title, **texts, "weeks": [_week(week) for week in phase.weeks]}


def _week(week: Week) -> dict[str, Any]:
    return {
        "id": week.id, "weeks": week.label, "title": week.title, "why": week.why, "goal": week.goal,
        "assignment": week.assignment, "project": week.project, "hours": week.hours,
        "topics": [t.name for t in week.topics], "algorithms": [t.name for t in week.algorithms],
        "libraries": [t.name for t in week.libraries],
        "resources": [{"title": r.title, "url": r.url, "part": r.part} for r in week.all_resources],
        "tasks": [
            {"number": n, "id": t.id, "kind": t.kind, "title": t.title, "hours": t.hours, "done_when": t.done_when}
            for n, t in enumerate(week.tasks, 1)
        ],
    }  # fmt: skip
