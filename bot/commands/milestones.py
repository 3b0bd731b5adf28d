"""milestones: what each phase of a roadmap ends in, and which of them lie behind the learner."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.message import Button, Reply
from bot.domain.roadmap import Phase
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.roadmap_names import named_roadmap


@dataclass(frozen=True, slots=True)
class Mark:
    """One phase's milestone: whether all of its weeks are done, and whether the learner works on it now."""

    phase: Phase
    reached: bool
    here: bool


async def milestones(context: Context, args: Args) -> Reply:
    """The milestones of the roadmap that was named, else of the learner's own. Raises `UnknownRoadmap`."""
    mine = context.roadmap if context.enrollment else None
    roadmap = named_roadmap(str(args.get("text") or ""), context.catalog) or mine
    if roadmap is None:
        found = context.catalog.roadmaps.values()
        rows = [(Button("roadmap", f"milestones {r.id}", {"title": r.name, "weeks": r.length}),) for r in found]
        return Reply("roadmap_which", {}, tuple(rows))
    reached = [roadmap is mine and all(map(context.plan.is_complete, phase.weeks)) for phase in roadmap.phases]
    current = reached.index(False) if roadmap is mine and False in reached else None
    marks = [
        Mark(phase, done, n == current) for n, (phase, done) in enumerate(zip(roadmap.phases, reached, strict=True))
    ]
    look = Button("overview", f"roadmap {roadmap.id}")
    ways = (buttons.NEXT, buttons.PROGRESS) if roadmap is mine else ()
    return Reply("milestones", {"roadmap": roadmap, "marks": marks}, (ways, (look,)) if ways else ((look,),))


COMMAND = Command("milestones", milestones, words=("milestone",), args=(Arg("text", ArgKind.TEXT),), group="learning")
