"""Links handed in for projects, in plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.change import EvidenceChange
from bot.domain.evidence import Evidence
from bot.storage.memory_state import State


class MemoryEvidence:
    """See `bot.engine.people.Portfolio`."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def of(self, learner_id: int) -> Sequence[Evidence]:
        """See `Portfolio.of`."""
        mine = (piece for piece in self._state.evidence.values() if piece.learner_id == learner_id)
        return sorted(mine, key=lambda piece: (piece.at, piece.id))

    async def latest(self, learner_ids: Sequence[int]) -> Mapping[int, Evidence]:
        """See `Portfolio.latest`."""
        found = {learner_id: [e for e in await self.of(learner_id) if e.project_id] for learner_id in learner_ids}
        return {learner_id: pieces[-1] for learner_id, pieces in found.items() if pieces}

    def apply(self, change: EvidenceChange) -> None:
        """Make a change of one link true."""
        gone = {sameness(piece) for piece in (change.before, change.after) if piece}
        for number, piece in list(self._state.evidence.items()):
            if sameness(piece) in gone:
                del self._state.evidence[number]
        if change.after:
            number = self._state.number()
            self._state.evidence[number] = replace(change.after, id=number)


def sameness(piece: Evidence) -> tuple[int, str, str, str]:
    """What makes a link one and the same."""
    return piece.learner_id, piece.roadmap_id, piece.project_id, piece.url
