"""roadmap: what lies in a roadmap: phases with goals and milestones, principles, prerequisites, tools."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.message import Button, Reply
from bot.domain.roadmap import Phase, Roadmap
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.roadmap_names import named_roadmap

KINDS = {"principles": "principles", "tools": "stack"}
"""Words that name a screen."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of an overview: `about`, `phase`, `principles` or `stack`."""

    kind: str
    phase: Phase | None = None


async def roadmap(context: Context, args: Args) -> Reply:
    """Show a screen of the roadmap that was named, of the learner's own, or ask which. Raises `UnknownRoadmap`."""
    name, page = _said(str(args.get("text") or ""))
    found = named_roadmap(name, context.catalog) or (context.roadmap if context.enrollment else None)
    if found is None:
        rows = tuple((_look(r),) for r in context.catalog.roadmaps.values())
        return Reply("roadmap_which", {}, rows)
    screens = _screens(found)
    at = _named(screens, context.message.text) or min(max(page, 1), len(screens))
    data = {"roadmap": found, "screen": screens[at - 1], "number": at, "total": len(screens)}
    return Reply("roadmap", data, _turning(context, found, at, len(screens)), replaces=bool(context.message.button))


def _look(roadmap: Roadmap) -> Button:
    return Button("roadmap", f"roadmap {roadmap.id}", {"title": roadmap.name, "weeks": roadmap.length})


def _said(text: str) -> tuple[str, int]:
    """The name and the page in `ml-engineer-40 3`."""
    name, _, last = text.rpartition(" ")
    return (name, int(last)) if last.isascii() and last.isdigit() and len(last) < 3 else (text, 1)


def _screens(roadmap: Roadmap) -> list[Screen]:
    phases = [Screen("phase", phase) for phase in roadmap.phases]
    rest = [Screen(kind) for kind in ("principles", "stack") if getattr(roadmap, kind)]
    return [Screen("about"), *phases, *rest]


def _named(screens: list[Screen], text: str) -> int | None:
    """The page that was typed by what stands on it."""
    word = text.strip().removeprefix("/").partition(" ")[0].lower()
    return next((at for at, screen in enumerate(screens, 1) if screen.kind == KINDS.get(word)), None)


def _turning(context: Context, roadmap: Roadmap, at: int, total: int) -> buttons.Rows:
    back = (Button("page_back", f"roadmap {roadmap.id} {at - 1}"),) if at > 1 else ()
    on = (Button("page_next", f"roadmap {roadmap.id} {at + 1}"),) if at < total else ()
    mine = context.enrollment is not None and context.plan.roadmap_id == roadmap.id
    verb = "switch" if context.enrollment else "begin"
    last = buttons.NEXT if mine else Button("begin", f"{verb} {roadmap.id}")
    return ((*back, *on), (last,))


COMMAND = Command(
    "roadmap", roadmap, words=("overview", "phases", *KINDS), args=(Arg("text", ArgKind.TEXT),),
    in_menu=True,
    group="learning",
)  # fmt: skip
