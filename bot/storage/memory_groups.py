"""Study groups in plain dictionaries, beside `bot.storage.memory`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.delivery import DeliveryState
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.group import TALKS_KEPT, GroupChat, Membership, Role, Sharing, StudyGroup
from bot.domain.group_log import Deed, Entry, Report
from bot.domain.learner import Learner, Preferences
from bot.domain.message import ChannelRef
from bot.domain.posting import Posting
from bot.domain.question import GroupQuestion
from bot.storage.memory_group_state import GroupState


class MemoryGroups:
    """See `bot.engine.group_ports.Groups`."""

    def __init__(
        self,
        state: GroupState,
        learners: Mapping[int, Learner],
        enrollments: Mapping[int, Enrollment],
        number: Callable[[], int],
    ) -> None:
        self._state = state
        self._learners = learners
        self._enrollments = enrollments
        self._number = number

    async def add(self, group: StudyGroup, owner_id: int) -> StudyGroup:
        """See `Groups.add`."""
        on = group.next_digest_on or group.digest.next_after(group.created_at)
        made = replace(group, id=self._number(), next_digest_on=on)
        self._state.groups[made.id] = made
        await self.keep(Membership(made.id, owner_id, Role.OWNER, made.created_at, looked_at=made.created_at))
        return made

    async def get(self, group_id: int) -> StudyGroup | None:
        """See `Groups.get`."""
        return self._state.groups.get(group_id)

    async def by_code(self, code: str) -> StudyGroup | None:
        """See `Groups.by_code`."""
        return next((g for g in self._state.groups.values() if g.code == code), None)

    async def by_chat(self, channel: ChannelRef) -> StudyGroup | None:
        """See `Groups.by_chat`."""
        found = (c for c in self._state.chats.values() if _place(c.channel) == _place(channel))
        peopled = {group for group, _ in self._state.memberships}
        return next((self._state.groups[c.group_id] for c in found if c.group_id in peopled), None)

    async def save(self, group: StudyGroup) -> None:
        """See `Groups.save`."""
        self._state.groups[group.id] = group

    async def dissolve(self, group_id: int) -> None:
        """See `Groups.dissolve`."""
        self._state.dissolve(group_id)

    async def mine(self, learner_id: int) -> Sequence[tuple[StudyGroup, Membership]]:
        """See `Groups.mine`."""
        found = [self._named(m) for m in self._state.memberships.values() if m.learner_id == learner_id]
        latest = sorted(found, key=lambda m: (-(m.looked_at.timestamp() if m.looked_at else 0), -m.group_id))
        return [(self._state.groups[m.group_id], m) for m in latest]

    def _named(self, membership: Membership) -> Membership:
        who = self._learners[membership.learner_id]
        return replace(membership, name=who.name, seen_on=who.seen_on, nth=0)

    async def members(self, group_id: int) -> tuple[Membership, ...]:
        """See `Groups.members`."""
        found = [self._named(m) for m in self._state.memberships.values() if m.group_id == group_id]
        return tuple(sorted(found, key=lambda m: (m.joined_at, m.learner_id)))

    async def size(self, group_id: int) -> int:
        """See `Groups.size`."""
        return sum(group == group_id for group, _ in self._state.memberships)

    async def keep(self, membership: Membership) -> None:
        """See `Groups.keep`."""
        self._state.memberships[membership.group_id, membership.learner_id] = membership

    async def remove(self, group_id: int, learner_id: int) -> None:
        """See `Groups.remove`."""
        state, key = self._state, (group_id, learner_id)
        state.memberships.pop(key, None)
        state.questions = {n: q for n, q in state.questions.items() if (q.group_id, q.learner_id) != key}
        said = {n for n, p in state.postings.items() if (p.group_id, p.data.get("by")) == key}
        state.postings = {
            n: p for n, p in state.postings.items() if (p.group_id, p.learner_id) != key and n not in said
        }  # fmt: skip

    async def forget(self, learner_id: int) -> None:
        """See `Groups.forget`."""
        self._state.log = [replace(e, about="") if _tells_of(e, learner_id) else e for e in self._state.log]

    async def absorb(self, kept_id: int, gone_id: int) -> None:
        """See `Groups.absorb`."""
        state = self._state
        for (group_id, learner), m in list(state.memberships.items()):
            if learner == gone_id:
                del state.memberships[group_id, learner]
                kept = state.memberships.get((group_id, kept_id))
                theirs, ours = self._learners[gone_id].name, self._learners[kept_id].name
                known = m.pseudonym or (theirs if theirs != ours and not kept else "")
                state.memberships[group_id, kept_id] = (
                    _joined(kept, m) if kept else replace(m, learner_id=kept_id, pseudonym=known)
                )

        def who(learner: int) -> int:
            return kept_id if learner == gone_id else learner

        state.bars = {(g, who(n)) for g, n in state.bars}
        state.blocks = {(who(a), who(b)) for a, b in state.blocks if who(a) != who(b)}
        state.cheers = {(who(a), who(b), day, g) for a, b, day, g in state.cheers if who(a) != who(b)}
        state.log = [
            replace(e, actor_id=who(e.actor_id or 0) or None, target_id=who(e.target_id or 0) or None)
            for e in state.log
        ]  # fmt: skip
        state.reports = [replace(r, learner_id=who(r.learner_id), target_id=who(r.target_id)) for r in state.reports]
        state.questions = {n: replace(q, learner_id=who(q.learner_id)) for n, q in state.questions.items()}
        state.postings = {
            n: replace(p, learner_id=who(p.learner_id)) if p.learner_id else p for n, p in state.postings.items()
        }

    async def chats(self, group_id: int) -> tuple[GroupChat, ...]:
        """See `Groups.chats`."""
        return tuple(c for c in self._state.chats.values() if c.group_id == group_id)

    async def bind(self, group_id: int, channel: ChannelRef) -> None:
        """See `Groups.bind`."""
        number = self._number()
        self._state.chats[number] = GroupChat(number, group_id, replace(channel, name=channel.name[:80]))

    async def unbind(self, channel: ChannelRef) -> None:
        """See `Groups.unbind`."""
        state = self._state
        gone = {n for n, c in state.chats.items() if _place(c.channel) == _place(channel)}
        state.chats = {n: c for n, c in state.chats.items() if n not in gone}
        state.postings = {n: p for n, p in state.postings.items() if p.place_id not in gone}

    async def note(self, entry: Entry) -> None:
        """See `Groups.note`."""
        self._state.log.append(replace(entry, about=entry.about[:120]))

    async def log(self, group_id: int, limit: int) -> Sequence[Entry]:
        """See `Groups.log`."""
        return [entry for entry in reversed(self._state.log) if entry.group_id == group_id][:limit]

    async def bar(self, group_id: int, learner_id: int, barred: bool = True) -> None:
        """See `Groups.bar`."""
        (self._state.bars.add if barred else self._state.bars.discard)((group_id, learner_id))

    async def barred(self, group_id: int) -> frozenset[int]:
        """See `Groups.barred`."""
        return frozenset(learner for group, learner in self._state.bars if group == group_id)

    async def block(self, learner_id: int, target_id: int, blocked: bool = True) -> None:
        """See `Groups.block`."""
        (self._state.blocks.add if blocked else self._state.blocks.discard)((learner_id, target_id))

    async def blocked(self, learner_id: int) -> frozenset[int]:
        """See `Groups.blocked`."""
        return frozenset(other for who, other in self._state.blocks if who == learner_id)

    async def shunned(self, learner_id: int) -> frozenset[int]:
        """See `Groups.shunned`."""
        return frozenset(n for pair in self._state.blocks if learner_id in pair for n in pair if n != learner_id)

    async def report(self, report: Report) -> None:
        """See `Groups.report`."""
        self._state.reports.append(replace(report, id=self._number()))

    async def settle_report(self, group_id: int, report_id: int) -> bool:
        """See `Groups.settle_report`."""
        kept = [r for r in self._state.reports if (r.group_id, r.id) != (group_id, report_id)]
        found, self._state.reports = len(kept) < len(self._state.reports), kept
        return found

    async def reports(self, group_id: int) -> Sequence[Report]:
        """See `Groups.reports`."""
        return [r for r in reversed(self._state.reports) if r.group_id == group_id]

    async def plans(self, learner_ids: Sequence[int]) -> Mapping[int, tuple[Enrollment, Preferences]]:
        """See `Groups.plans`."""
        current = (e for e in self._enrollments.values() if e.state is not EnrollmentState.SHELVED)
        wanted = set(learner_ids)
        return {e.learner_id: (e, self._learners[e.learner_id].preferences) for e in current if e.learner_id in wanted}

    async def activity(self, group_id: int, since: datetime) -> Mapping[int, int]:
        """See `Groups.activity`."""
        found: dict[int, int] = {}
        here = {learner for group, learner in self._state.memberships if group == group_id}
        for plan in self._enrollments.values():
            count = sum(at >= since for at in plan.completions.values())
            if plan.learner_id in here and count:
                found[plan.learner_id] = found.get(plan.learner_id, 0) + count
        return found

    async def cheer(self, learner_id: int, target_id: int, group_id: int, day: date) -> bool:
        """See `Groups.cheer`."""
        if any(c[:3] == (learner_id, target_id, day) for c in self._state.cheers):
            return False
        self._state.cheers.add((learner_id, target_id, day, group_id))
        return True

    async def cheerers(self, target_id: int, day: date) -> Mapping[int, int]:
        """See `Groups.cheerers`."""
        return {who: group for who, target, on, group in self._state.cheers if (target, on) == (target_id, day)}

    async def talked(self, group_id: int) -> Mapping[date, str]:
        """See `Groups.talked`."""
        return {day: mark for (group, day), mark in self._state.talks.items() if group == group_id}

    async def note_talk(self, group_id: int, day: date, mark: str) -> None:
        """See `Groups.note_talk`."""
        old = [key for key in self._state.talks if key[0] == group_id and key[1] <= day - TALKS_KEPT]
        for key in old:
            del self._state.talks[key]
        self._state.talks.setdefault((group_id, day), mark)

    async def ask(self, question: GroupQuestion) -> GroupQuestion:
        """See `Groups.ask`."""
        made = replace(question, id=self._number())
        self._state.questions[made.id] = made
        return made

    async def question(self, question_id: int) -> GroupQuestion | None:
        """See `Groups.question`."""
        return self._state.questions.get(question_id)

    async def questions(self, group_id: int, since: datetime) -> Sequence[GroupQuestion]:
        """See `Groups.questions`."""
        return [q for q in self._state.questions.values() if q.group_id == group_id and q.at >= since]

    async def close(self, question_id: int, closed: bool = True) -> None:
        """See `Groups.close`."""
        self._state.questions[question_id] = replace(self._state.questions[question_id], closed=closed)

    async def post(self, posting: Posting) -> bool:
        """See `Groups.post`."""
        if any(p.key == posting.key for p in self._state.postings.values()):
            return False
        number = self._number()
        self._state.postings[number] = replace(posting, id=number, data=dict(posting.data))
        return True

    async def posting(self, key: str) -> DeliveryState | None:
        """See `Groups.posting`."""
        return next((p.state for p in self._state.postings.values() if p.key == key), None)


def _place(channel: ChannelRef) -> tuple[str, str, str]:
    return channel.platform, channel.chat_id, channel.thread_id


def _tells_of(entry: Entry, learner_id: int) -> bool:
    said = entry.deed is Deed.ANNOUNCED and entry.actor_id == learner_id
    return said or (entry.deed is Deed.BARRED and entry.target_id == learner_id)


def _joined(one: Membership, other: Membership) -> Membership:
    role = min(one.role, other.role, key=lambda r: r.rank)
    sharing = max(one.sharing, other.sharing, key=list(Sharing).index)
    return replace(one, role=role, sharing=sharing, pseudonym=one.pseudonym or other.pseudonym)
