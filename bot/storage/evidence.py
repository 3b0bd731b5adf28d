"""Links handed in for projects, in the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select

from bot.domain.change import EvidenceChange
from bot.domain.evidence import Evidence
from bot.storage.connection import Connection
from bot.storage.tables import evidence

NAMES = ("learner_id", "roadmap_id", "project_id", "url", "note", "at")


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
        theirs = evidence.c.learner_id.in_(learner_ids) & (evidence.c.project_id != "")
        place = func.row_number().over(
            partition_by=evidence.c.learner_id, order_by=(evidence.c.at.desc(), evidence.c.id.desc())
        )
        ranked = select(evidence, place.label("place")).where(theirs).subquery()
        found = await self._db.execute(select(ranked).where(ranked.c.place == 1))
        return {row.learner_id: _evidence(row) for row in found}

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


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(row.id, *(getattr(row, name) for name in NAMES))
