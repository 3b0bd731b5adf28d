"""The first hello. Shared by the commands that lead to a roadmap."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.engine.context import Context


def welcome(context: Context, *, first: bool = False, wishes: str = "") -> Reply:
    """Offer the roadmaps. `first` says that something else was wanted; `wishes` go on to whichever is picked."""
    roadmaps = list(context.catalog.roadmaps.values())
    rows = tuple((Button("roadmap", f"begin {r.id}{wishes}", {"title": r.name, "weeks": r.length}),) for r in roadmaps)
    data = {"name": context.learner.name, "roadmaps": roadmaps}
    return Reply("pick_first", data, rows) if first else Reply("welcome", data, rows)
