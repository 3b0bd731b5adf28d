"""All there is about study groups, in plain collections."""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.delivery import DeliveryState
from bot.domain.group import GroupChat, Membership, StudyGroup
from bot.domain.group_log import Entry, Report
from bot.domain.posting import Posting
from bot.domain.question import GroupQuestion

Pair = tuple[int, int]
WAITING = (DeliveryState.READY, DeliveryState.CLAIMED)


@dataclass
class GroupState:
    """Every value is frozen, so a copy of each collection is a whole snapshot."""

    groups: dict[int, StudyGroup] = field(default_factory=dict)
    memberships: dict[Pair, Membership] = field(default_factory=dict)
    chats: dict[int, GroupChat] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    bars: set[Pair] = field(default_factory=set)
    blocks: set[Pair] = field(default_factory=set)
    reports: list[Report] = field(default_factory=list)
    cheers: set[tuple[int, int, date, int]] = field(default_factory=set)
    questions: dict[int, GroupQuestion] = field(default_factory=dict)
    postings: dict[int, Posting] = field(default_factory=dict)
    talks: dict[tuple[int, date], str] = field(default_factory=dict)

    def __copy__(self) -> GroupState:
        return GroupState(**{name: copy.copy(value) for name, value in vars(self).items()})

    def dissolve(self, group_id: int) -> None:
        """Remove a group and all that hangs on it."""
        self.groups.pop(group_id, None)
        self.memberships = {key: m for key, m in self.memberships.items() if key[0] != group_id}
        self.chats = {key: c for key, c in self.chats.items() if c.group_id != group_id}
        self.log = [entry for entry in self.log if entry.group_id != group_id]
        self.bars = {pair for pair in self.bars if pair[0] != group_id}
        self.reports = [r for r in self.reports if r.group_id != group_id]
        self.cheers = {c for c in self.cheers if c[3] != group_id}
        self.questions = {key: q for key, q in self.questions.items() if q.group_id != group_id}
        self.postings = {key: p for key, p in self.postings.items() if p.group_id != group_id}
        self.talks = {key: mark for key, mark in self.talks.items() if key[0] != group_id}

    def erase(self, learner_id: int) -> None:
        """Remove everything about a learner."""
        gone = learner_id
        self.memberships = {key: m for key, m in self.memberships.items() if key[1] != gone}
        self.log = [_without(entry, gone) for entry in self.log]
        self.bars = {pair for pair in self.bars if pair[1] != gone}
        self.blocks = {pair for pair in self.blocks if gone not in pair}
        self.reports = [r for r in self.reports if gone not in (r.learner_id, r.target_id)]
        self.cheers = {c for c in self.cheers if gone not in c[:2]}
        self.questions = {key: q for key, q in self.questions.items() if q.learner_id != gone}
        self.postings = {key: p for key, p in self.postings.items() if p.learner_id != gone}

    def purge(self, until: datetime) -> int:
        """Forget questions asked until an instant, and posts that were settled and were worth nothing after it."""
        before = len(self.questions) + len(self.postings)
        self.questions = {key: q for key, q in self.questions.items() if q.at > until}
        self.postings = {key: p for key, p in self.postings.items() if p.expires_at > until or p.state in WAITING}
        return before - len(self.questions) - len(self.postings)

    def export(self, learner_id: int) -> dict[str, list[dict[str, Any]]]:
        """What a learner said and did in groups, one list a kind."""
        mine = learner_id
        return {
            "memberships": [asdict(m) for (_, who), m in self.memberships.items() if who == mine],
            "group_log": [asdict(e) for e in self.log if e.actor_id == mine],
            "group_bars": [{"group_id": group} for group, who in self.bars if who == mine],
            "blocks": [{"blocked_id": other} for who, other in self.blocks if who == mine],
            "group_reports": [asdict(r) for r in self.reports if r.learner_id == mine],
            "cheers": [{"target_id": c[1], "day": f"{c[2]}", "group_id": c[3]} for c in self.cheers if c[0] == mine],
            "group_questions": [asdict(q) for q in self.questions.values() if q.learner_id == mine],
            "postings": [_nameless(p) for p in self.postings.values() if p.learner_id == mine],
        }


def _nameless(posting: Posting) -> dict[str, Any]:
    return {**asdict(posting), "data": {key: value for key, value in posting.data.items() if key != "by"}}


def _without(entry: Entry, gone: int) -> Entry:
    actor = None if entry.actor_id == gone else entry.actor_id
    target = None if entry.target_id == gone else entry.target_id
    return Entry(entry.group_id, entry.at, entry.deed, actor, target, entry.about)
