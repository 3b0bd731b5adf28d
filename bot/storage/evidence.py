"""Links handed in for projects, in the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, select

from bot.domain.change import EvidenceChange
from bot.domain.evidence import Evidence
from bot.storage.connection import Connection
from bot.storage.tables import evidence, learners

NAMES = ("learner_id", "roadmap_id", "project_id", "url", "note", "at")
_OTHER = evidence.alias()
_NEWEST = (
    select(_OTHER.c.id)
    .where(_OTHER.c.learner_id == learners.c.id, _OTHER.c.project_id != "")
    .order_by(_OTHER.c.at.desc(), _OTHER.c.id.desc())
    .limit(1)
    .correlate(learners)
    .scalar_subquery()
)
# One look at the index for each learner: ranking all that they ever handed in takes longer.
_LATEST = (
    select(evidence.c.id, *(evidence.c[name] for name in NAMES))
    .select_from(learners.join(evidence, evidence.c.id == _NEWEST))
    .where(learners.c.id.in_(bindparam("who", expanding=True)))
)


class SqlEvidence:
    """See `bot.engine.people.Portfolio`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def of(self, learner_id: int) -> Sequence[Evidence]:
        """See `Portfolio.of`."""
        mine = select(evidence).where(evidence.c.learner_id == learner_id).order_by(evidence.c.at, evidence.c.id)
        return [_evidence(row) for row in await self._db.execute(mine)]

    async def latest(self, learner_ids: Sequence[int]) -> Mapping[int, Evidence]:
        """See `Portfolio.latest`."""
        found = await self._db.execute(_LATEST, {"who": list(learner_ids)})
        return {piece.learner_id: piece for piece in map(_evidence, found)}

    async def apply(self, change: EvidenceChange) -> EvidenceChange:
        """Make a change of one link true; returns it with the id that a new row was given."""
        if change.before:
            await self._db.execute(delete(evidence).where(_same(change.before)))
        if change.after is None:
            return change
        await self._db.execute(delete(evidence).where(_same(change.after)))
        fields = {name: getattr(change.after, name) for name in NAMES}
        number = (await self._db.execute(insert(evidence).values(**fields).returning(evidence.c.id))).scalar_one()
        return EvidenceChange(change.before, replace(change.after, id=number))


def _same(piece: Evidence) -> ColumnElement[bool]:
    return (
        (evidence.c.learner_id == piece.learner_id)
        & (evidence.c.roadmap_id == piece.roadmap_id)
        & (evidence.c.project_id == piece.project_id)
        & (evidence.c.url == piece.url)
    )


def _evidence(row: Any) -> Evidence:
    number, learner_id, roadmap_id, project_id, url, note, at = row
    return Evidence(number, learner_id, roadmap_id, project_id, url, note, at)
