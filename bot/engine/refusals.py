"""A refusal as a reply: its words, and what can be tapped instead."""

from __future__ import annotations

from bot.domain.errors import Refusal, UnknownRoadmap, UnknownZone
from bot.domain.message import Button, Reply
from bot.engine import buttons
from bot.engine.context import Context
from bot.engine.router import menu


def refused(refusal: Refusal, context: Context) -> Reply:
    """What a refusal says, with ways on."""
    return Reply(refusal.template, {"week": None, **refusal.data}, _ways_on(refusal, context))


def _ways_on(refusal: Refusal, context: Context) -> buttons.Rows:
    if isinstance(refusal, UnknownZone):
        return buttons.cities()
    if isinstance(refusal, UnknownRoadmap):
        verb = "switch" if context.enrollment else "begin"
        found = context.catalog.roadmaps.values()
        return tuple((Button("roadmap", f"{verb} {r.id}", {"title": r.name, "weeks": r.length}),) for r in found)
    return menu(context)
