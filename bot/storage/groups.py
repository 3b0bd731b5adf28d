"""Study groups in the tables: who is in them, and where they meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.delivery import PRIORITY, DeliveryState
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.group import DigestTime, GroupChat, Membership, Role, Sharing, StudyGroup
from bot.domain.group_log import Deed
from bot.domain.learner import Preferences
from bot.domain.message import ChannelRef, ChatKind
from bot.domain.posting import Posting
from bot.storage import rows
from bot.storage.connection import Connection
from bot.storage.group_absorbing import absorb
from bot.storage.group_life import SqlGroupLife
from bot.storage.group_tables import (
    group_chats,
    group_log,
    group_questions,
    memberships,
    postings,
    study_groups,
)  # fmt: skip
from bot.storage.reading import load_enrollments
from bot.storage.sql import day, instant, millis, spoken
from bot.storage.tables import enrollments, learners

_MEMBERS = (
    select(memberships, learners.c.name, learners.c.seen_on)
    .join(learners, learners.c.id == memberships.c.learner_id)
    .order_by(memberships.c.joined_at, memberships.c.learner_id)
)
# A board reads a thousand of these: values are converted here, since SQLAlchemy's way costs several times the query.
_ALL = """
SELECT m.learner_id, m.role, m.joined_at, m.sharing, m.pseudonym, m.buddy, m.looked_at, l.name, l.seen_on
FROM memberships AS m JOIN learners AS l ON l.id = m.learner_id
WHERE m.group_id = $1 ORDER BY m.joined_at, m.learner_id
"""
_ROLES, _SHARINGS = {r.value: r for r in Role}, {s.value: s for s in Sharing}
_ACTIVITY = """
SELECT e.learner_id, count(*) FROM memberships AS m
JOIN enrollments AS e ON e.learner_id = m.learner_id
JOIN completions AS c ON c.enrollment_id = e.id AND c.done_at >= $2
WHERE m.group_id = $1 GROUP BY e.learner_id
"""


class SqlGroups(SqlGroupLife):
    """See `bot.engine.group_ports.Groups`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def _upsert(self, table: Any) -> Any:
        return (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)

    async def add(self, group: StudyGroup, owner_id: int) -> StudyGroup:
        """See `Groups.add`."""
        row = insert(study_groups).values(created_at=group.created_at, **_fields(group)).returning(study_groups.c.id)
        number = int((await self._db.execute(row)).scalar_one())
        owner = Membership(number, owner_id, Role.OWNER, group.created_at, looked_at=group.created_at)
        await self.keep(owner)
        found = await self.get(number)
        assert found is not None, "it was just written"
        return found

    async def get(self, group_id: int) -> StudyGroup | None:
        """See `Groups.get`."""
        return await self._one(select(study_groups).where(study_groups.c.id == group_id))

    async def by_code(self, code: str) -> StudyGroup | None:
        """See `Groups.by_code`."""
        return await self._one(select(study_groups).where(study_groups.c.code == code))

    async def by_chat(self, channel: ChannelRef) -> StudyGroup | None:
        """See `Groups.by_chat`."""
        return await self._one(select(study_groups).join(group_chats).where(_at(channel), _peopled))

    async def _one(self, query: Any) -> StudyGroup | None:
        row = (await self._db.execute(query)).one_or_none()
        return to_group(row) if row else None

    async def save(self, group: StudyGroup) -> None:
        """See `Groups.save`."""
        await self._db.execute(update(study_groups).where(study_groups.c.id == group.id).values(**_fields(group)))

    async def dissolve(self, group_id: int) -> None:
        """See `Groups.dissolve`."""
        await self._db.execute(delete(study_groups).where(study_groups.c.id == group_id))

    async def mine(self, learner_id: int) -> Sequence[tuple[StudyGroup, Membership]]:
        """See `Groups.mine`."""
        query = _MEMBERS.add_columns(study_groups).join(study_groups, study_groups.c.id == memberships.c.group_id)
        looked = func.coalesce(memberships.c.looked_at, 0).desc()
        found = await self._db.execute(
            query.where(memberships.c.learner_id == learner_id)
            .order_by(None)
            .order_by(looked, memberships.c.group_id.desc())
        )
        return [(to_group(row, named=True), to_membership(row)) for row in found]

    async def members(self, group_id: int) -> tuple[Membership, ...]:
        """See `Groups.members`."""
        found = await self._db.exec_driver_sql(spoken(self._db, _ALL), (group_id,))
        return tuple([_member(group_id, row) for row in found.all()])

    async def size(self, group_id: int) -> int:
        """See `Groups.size`."""
        query = "SELECT count(*) FROM memberships WHERE group_id = $1"
        return int((await self._db.exec_driver_sql(spoken(self._db, query), (group_id,))).scalar_one())

    async def keep(self, membership: Membership) -> None:
        """See `Groups.keep`."""
        m = membership
        fields = {"role": m.role.value, "sharing": m.sharing.value, "pseudonym": m.pseudonym, "buddy": m.buddy,
                  "looked_at": m.looked_at}  # fmt: skip
        row = self._upsert(memberships).values(
            group_id=m.group_id, learner_id=m.learner_id, joined_at=m.joined_at, **fields
        )
        await self._db.execute(row.on_conflict_do_update(index_elements=["group_id", "learner_id"], set_=fields))

    async def remove(self, group_id: int, learner_id: int) -> None:
        """See `Groups.remove`."""
        for table in (memberships, group_questions, postings):
            mine = (table.c.group_id == group_id) & (table.c.learner_id == learner_id)
            await self._db.execute(delete(table).where(mine))
        said = (postings.c.group_id == group_id) & (postings.c.data["by"].as_integer() == learner_id)
        await self._db.execute(delete(postings).where(said))

    async def forget(self, learner_id: int) -> None:
        """See `Groups.forget`."""
        said = (group_log.c.learner_id == learner_id) & (group_log.c.deed == Deed.ANNOUNCED.value)
        called = (group_log.c.target_id == learner_id) & (group_log.c.deed == Deed.BARRED.value)
        await self._db.execute(update(group_log).where(said | called).values(about=""))

    async def absorb(self, kept_id: int, gone_id: int) -> None:
        """See `Groups.absorb`."""
        await absorb(self._db, kept_id, gone_id)

    async def chats(self, group_id: int) -> tuple[GroupChat, ...]:
        """See `Groups.chats`."""
        query = select(group_chats).where(group_chats.c.group_id == group_id).order_by(group_chats.c.id)
        return tuple(GroupChat(row.id, row.group_id, to_channel(row)) for row in await self._db.execute(query))

    async def bind(self, group_id: int, channel: ChannelRef) -> None:
        """See `Groups.bind`."""
        c = channel
        place = {"platform": c.platform, "chat_id": c.chat_id, "thread_id": c.thread_id, "name": c.name[:80]}
        await self._db.execute(insert(group_chats).values(group_id=group_id, **place))

    async def unbind(self, channel: ChannelRef) -> None:
        """See `Groups.unbind`."""
        await self._db.execute(delete(group_chats).where(_at(channel)))

    async def plans(self, learner_ids: Sequence[int]) -> Mapping[int, tuple[Enrollment, Preferences]]:
        """See `Groups.plans`."""
        if not learner_ids:
            return {}
        current = enrollments.c.learner_id.in_(learner_ids) & (enrollments.c.state != EnrollmentState.SHELVED.value)
        plans = await load_enrollments(self._db, select(enrollments).where(current))
        found = await self._db.execute(select(learners).where(learners.c.id.in_(learner_ids)))
        who = {row.id: rows.to_learner(row).preferences for row in found}
        return {plan.learner_id: (plan, who[plan.learner_id]) for plan in plans}

    async def activity(self, group_id: int, since: datetime) -> Mapping[int, int]:
        """See `Groups.activity`."""
        found = await self._db.exec_driver_sql(spoken(self._db, _ACTIVITY), (group_id, millis(since)))
        counts: Sequence[Any] = found.all()
        return dict(counts)

    async def post(self, posting: Posting) -> bool:
        """See `Groups.post`."""
        p = posting
        fields = {
            "key": p.key, "kind": p.kind.value, "group_id": p.group_id, "place_id": p.place_id,
            "learner_id": p.learner_id, "template": p.template, "data": dict(p.data), "due_at": p.due_at,
            "not_before": p.not_before, "expires_at": p.expires_at, "state": p.state.value,
            "priority": PRIORITY[p.kind],
        }  # fmt: skip
        row = self._upsert(postings).values(**fields).on_conflict_do_nothing()
        return bool((await self._db.execute(row)).rowcount)

    async def posting(self, key: str) -> DeliveryState | None:
        """See `Groups.posting`."""
        state = await self._db.scalar(select(postings.c.state).where(postings.c.key == key))
        return None if state is None else DeliveryState(state)


_peopled = select(memberships.c.group_id).where(memberships.c.group_id == study_groups.c.id).exists()


def _at(channel: ChannelRef) -> Any:
    place = (group_chats.c.platform == channel.platform) & (group_chats.c.chat_id == channel.chat_id)
    return place & (group_chats.c.thread_id == channel.thread_id)


def _fields(group: StudyGroup) -> dict[str, Any]:
    digest = group.digest
    on = group.next_digest_on or digest.next_after(group.created_at)
    return {
        "name": group.name, "code": group.code, "zone": digest.zone, "digest_weekday": digest.weekday,
        "digest_time": digest.at, "digest_on": digest.on, "next_digest_on": on,
        "next_digest_at": digest.instant_on(on), "roadmap_id": group.roadmap_id, "starts_on": group.starts_on,
        "model": group.model,
    }  # fmt: skip


def to_group(row: Row[Any], *, named: bool = False) -> StudyGroup:
    """A row of `study_groups`; `named` when it stands beside a learner's name."""
    name = row._mapping[study_groups.c.name] if named else row.name
    digest = DigestTime(row.zone, row.digest_weekday, row.digest_time, row.digest_on)
    return StudyGroup(
        row.id, name, row.code, row.created_at, digest, row.next_digest_on, row.roadmap_id, row.starts_on, row.model
    )  # fmt: skip


def to_membership(row: Row[Any]) -> Membership:
    """A row of `memberships` with the learner's name."""
    return Membership(
        row.group_id, row.learner_id, Role(row.role), row.joined_at, Sharing(row.sharing), row.pseudonym, row.buddy,
        row.looked_at, row._mapping[learners.c.name], row.seen_on,
    )  # fmt: skip


def _member(group_id: int, row: Any) -> Membership:
    who, role, joined, sharing, pseudonym, buddy, looked, name, seen = row
    return Membership(
        group_id, who, _ROLES[role], instant(joined), _SHARINGS[sharing], pseudonym, bool(buddy),
        None if looked is None else instant(looked), name, None if seen is None else day(seen),
    )  # fmt: skip


def to_channel(row: Row[Any]) -> ChannelRef:
    """A row of `group_chats`."""
    return ChannelRef(row.platform, row.chat_id, ChatKind.GROUP, row.name, row.thread_id)
