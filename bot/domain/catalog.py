"""All roadmaps of one installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.brief import Brief
from bot.domain.errors import UnknownRoadmap
from bot.domain.roadmap import Roadmap


@dataclass(frozen=True, slots=True)
class Catalog:
    """The roadmaps by id, in the order in which they are offered, and the briefs of their projects.

    Briefs are found by the ids of roadmap and project; a project may have none.
    """

    roadmaps: Mapping[str, Roadmap]
    briefs: Mapping[tuple[str, str], Brief] = field(default_factory=dict)

    def roadmap(self, roadmap_id: str) -> Roadmap:
        """A roadmap by its id. Raises `UnknownRoadmap`."""
        try:
            return self.roadmaps[roadmap_id]
        except KeyError:
            raise UnknownRoadmap(roadmap_id, ids=list(self.roadmaps)) from None
