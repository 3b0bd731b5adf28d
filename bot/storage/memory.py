"""The store in plain dictionaries: the same contract without a file, for tests and time-lapses."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from bot.domain.change import Change, EnrollmentChange
from bot.domain.delivery import PLANNED, Delivery, DeliveryKind, DeliveryState
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.feedback import WORDS_KEPT
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.message import Rendered
from bot.storage import journal
from bot.storage.memory_accounts import MemoryAccounts
from bot.storage.memory_budgets import MemoryBudgets
from bot.storage.memory_evidence import MemoryEvidence
from bot.storage.memory_feedback import MemoryFeedback
from bot.storage.memory_groups import MemoryGroups
from bot.storage.memory_quizzes import MemoryQuizzes
from bot.storage.memory_state import State
from bot.storage.memory_tally import MemoryTally

JOURNAL_LENGTH = 20


class MemoryWork:
    """See `bot.engine.storing.Work`."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def first_time(self, platform: str, event_id: str, now: datetime) -> bool:
        """See `Work.first_time`."""
        fresh = (platform, event_id) not in self._state.seen
        self._state.seen.setdefault((platform, event_id), now)
        return fresh

    async def seen(self, platform: str, event_id: str) -> bool:
        """See `Work.seen`."""
        return (platform, event_id) in self._state.seen

    async def keep_replies(self, platform: str, event_id: str, replies: Sequence[Rendered]) -> None:
        """See `Work.keep_replies`."""
        key = (platform, event_id)
        if key in self._state.inbox:
            self._state.inbox[key] = replace(self._state.inbox[key], replies=tuple(replies))

    async def move_chat(self, platform: str, old: str, new: str) -> None:
        """See `Work.move_chat`."""
        state = self._state
        for key, (owner, identity) in state.identities.items():
            if identity.platform == platform and identity.chat_id == old:
                state.identities[key] = (owner, replace(identity, chat_id=new))
        for number, chat in state.groups.chats.items():
            if chat.channel.platform == platform and chat.channel.chat_id == old:
                state.groups.chats[number] = replace(chat, channel=replace(chat.channel, chat_id=new))
        for number, learner in state.learners.items():
            kept = learner.preferences.place
            if kept.startswith(f"{platform}/{old}/"):
                moved = replace(learner.preferences, place=kept.replace(f"/{old}/", f"/{new}/", 1))
                state.learners[number] = replace(learner, preferences=moved)
        for place, received in state.inbox.items():
            if received.event.platform == platform and received.event.chat == old:
                state.inbox[place] = replace(received, event=replace(received.event, chat=new))

    async def learner_of(self, platform: str, external_id: str) -> Learner | None:
        """See `Work.learner_of`."""
        found = self._state.identities.get((platform, external_id))
        return self._state.learners[found[0]] if found else None

    async def learner(self, learner_id: int) -> Learner | None:
        """See `Work.learner`."""
        return self._state.learners.get(learner_id)

    async def add_learner(self, name: str, identity: Identity, preferences: Preferences, now: datetime) -> Learner:
        """See `Work.add_learner`."""
        learner = Learner(self._state.number(), name, now, preferences)
        self._state.learners[learner.id] = learner
        await self.keep_identity(learner.id, identity)
        return learner

    async def keep_identity(self, learner_id: int, identity: Identity) -> None:
        """See `Work.keep_identity`."""
        self._state.identities[identity.platform, identity.external_id] = (learner_id, identity)

    async def identities(self, learner_id: int) -> tuple[Identity, ...]:
        """See `Work.identities`."""
        return tuple(i for _, (owner, i) in sorted(self._state.identities.items()) if owner == learner_id)

    async def note_seen(self, learner_id: int, day: date) -> None:
        """See `Work.note_seen`."""
        self._update(learner_id, seen_on=day)

    async def set_asked(self, learner_id: int, question: str) -> None:
        """See `Work.set_asked`."""
        self._update(learner_id, asked=question)

    async def set_offered(self, learner_id: int, offered: str) -> None:
        """See `Work.set_offered`."""
        if learner_id in self._state.learners:
            self._update(learner_id, offered=offered)

    async def set_shown_week(self, learner_id: int, week: int | None) -> None:
        """See `Work.set_shown_week`."""
        self._update(learner_id, shown_week=week)

    def _update(self, learner_id: int, **fields: Any) -> None:
        self._state.learners[learner_id] = replace(self._state.learners[learner_id], **fields)

    async def current_enrollment(self, learner_id: int) -> Enrollment | None:
        """See `Work.current_enrollment`."""
        mine = await self.enrollments(learner_id)
        return next((e for e in mine if e.state is not EnrollmentState.SHELVED), None)

    async def enrollments(self, learner_id: int) -> tuple[Enrollment, ...]:
        """See `Work.enrollments`."""
        return tuple(e for e in self._state.enrollments.values() if e.learner_id == learner_id)

    async def apply(self, change: Change, now: datetime, *, journal: bool = True) -> Change:
        """See `Work.apply`."""
        if change.learner:
            self._update(change.learner.after.id, preferences=change.learner.after.preferences)
        saved = replace(change, enrollments=tuple(self._save(c) for c in change.enrollments))
        for piece in change.evidence:
            self.evidence.apply(piece)
        if journal and saved.owner is not None:
            self._note(saved.owner, saved, now)
        return saved

    def _save(self, change: EnrollmentChange) -> EnrollmentChange:
        after = change.after if change.before else replace(change.after, id=self._state.number())
        self._state.enrollments[after.id] = after
        return EnrollmentChange(change.before, after)

    def _note(self, learner_id: int, change: Change, now: datetime) -> None:
        self._state.journal[self._state.number()] = (learner_id, change.verb, journal.to_json(change), now)
        mine = [number for number, (owner, *_) in self._state.journal.items() if owner == learner_id]
        for old in mine[:-JOURNAL_LENGTH]:
            del self._state.journal[old]

    async def undoing(self, learner_id: int) -> tuple[int, Change] | None:
        """See `Work.undoing`."""
        mine = [number for number, (owner, *_) in self._state.journal.items() if owner == learner_id]
        if not mine:
            return None
        _, verb, stored, _ = self._state.journal[mine[-1]]
        plans = {e.id: e for e in await self.enrollments(learner_id)}
        return mine[-1], journal.undone(copy.deepcopy(stored), verb, self._state.learners[learner_id], plans)

    async def forget_change(self, number: int) -> None:
        """See `Work.forget_change`."""
        self._state.journal.pop(number, None)

    async def schedule(self, delivery: Delivery) -> bool:
        """See `Work.schedule`."""
        if any(d.key == delivery.key for d in self._state.deliveries.values()):
            return False
        number = self._state.number()
        self._state.deliveries[number] = replace(delivery, id=number)
        return True

    async def planned_until(self, enrollment_id: int) -> date | None:
        """See `Work.planned_until`."""
        mine = (d for d in self._state.deliveries.values() if d.enrollment_id == enrollment_id and d.kind in PLANNED)
        return max((d.local_date for d in mine), default=None)

    async def withdraw(self, learner_id: int, kind: DeliveryKind) -> bool:
        """See `Work.withdraw`."""
        idle = (DeliveryState.READY, DeliveryState.DROPPED)
        mine = (d for d in self._state.deliveries.values() if d.learner_id == learner_id and d.kind is kind)
        gone = [d for d in mine if d.state in idle]
        for delivery in gone:
            del self._state.deliveries[delivery.id]
        return any(d.state is DeliveryState.READY for d in gone)

    async def cancel_deliveries(self, learner_id: int) -> None:
        """See `Work.cancel_deliveries`."""
        for delivery in list(self._state.deliveries.values()):
            if delivery.learner_id == learner_id and delivery.state is DeliveryState.READY:
                self._state.deliveries[delivery.id] = replace(delivery, state=DeliveryState.DROPPED)

    async def revive_deliveries(self, learner_id: int, now: datetime) -> None:
        """See `Work.revive_deliveries`."""
        for delivery in list(self._state.deliveries.values()):
            mine = delivery.learner_id == learner_id and delivery.state is DeliveryState.DROPPED
            if mine and delivery.not_before > now:
                self._state.deliveries[delivery.id] = replace(delivery, state=DeliveryState.READY)

    @property
    def quizzes(self) -> MemoryQuizzes:
        """See `Work.quizzes`."""
        return MemoryQuizzes(self._state.quiz_runs, self._state.quiz_answers)

    @property
    def accounts(self) -> MemoryAccounts:
        """See `Work.accounts`."""
        return MemoryAccounts(self._state)

    @property
    def evidence(self) -> MemoryEvidence:
        """See `Work.evidence`."""
        return MemoryEvidence(self._state)

    @property
    def groups(self) -> MemoryGroups:
        """See `Work.groups`."""
        state = self._state
        return MemoryGroups(state.groups, state.learners, state.enrollments, state.number)

    @property
    def budgets(self) -> MemoryBudgets:
        """See `Work.budgets`."""
        return MemoryBudgets(self._state.budgets, self._state.budget_told)

    @property
    def tally(self) -> MemoryTally:
        """See `Work.tally`."""
        return MemoryTally(self._state.tally)

    @property
    def feedback(self) -> MemoryFeedback:
        """See `Work.feedback`."""
        return MemoryFeedback(self._state.asked, self._state.threads, self._state.models)

    async def export(self, learner_id: int) -> Mapping[str, object]:
        """See `Work.export`."""
        state = self._state
        return {
            "learners": [asdict(state.learners[learner_id])],
            "identities": [asdict(i) for owner, i in state.identities.values() if owner == learner_id],
            "enrollments": [asdict(e) for e in state.enrollments.values() if e.learner_id == learner_id],
            "journal": [stored for owner, _, stored, _ in state.journal.values() if owner == learner_id],
            "deliveries": [asdict(d) for d in state.deliveries.values() if d.learner_id == learner_id],
            "quiz_runs": [asdict(run) for owner, run in state.quiz_runs.items() if owner == learner_id],
            **state.groups.export(learner_id),
            "quiz_answers": [
                {"item": item, "was_right": right, "at": at.isoformat()}
                for (owner, item), (right, at) in state.quiz_answers.items() if owner == learner_id
            ],
            "link_codes": [asdict(code) for code in state.link_codes.values() if code.learner_id == learner_id],
            "evidence": [asdict(piece) for piece in state.evidence.values() if piece.learner_id == learner_id],
            "answer_feedback": [asdict(a) for a in state.asked.values() if a.learner_id == learner_id],
            "answer_thread": [asdict(exchange) for exchange in state.threads.get(learner_id, ())],
            "answer_settings": [{"model": state.models[learner_id]}] if learner_id in state.models else [],
        }  # fmt: skip

    async def erase(self, learner_id: int) -> None:
        """See `Work.erase`."""
        state = self._state
        state.learners.pop(learner_id, None)
        state.identities = {key: value for key, value in state.identities.items() if value[0] != learner_id}
        state.enrollments = {key: e for key, e in state.enrollments.items() if e.learner_id != learner_id}
        state.journal = {key: entry for key, entry in state.journal.items() if entry[0] != learner_id}
        state.deliveries = {key: d for key, d in state.deliveries.items() if d.learner_id != learner_id}
        state.quiz_runs.pop(learner_id, None)
        state.groups.erase(learner_id)
        state.budgets = {key: b for key, b in state.budgets.items() if key[0] != f"learner:{learner_id}"}
        state.asked = {key: a for key, a in state.asked.items() if a.learner_id != learner_id}
        state.threads.pop(learner_id, None)
        state.models.pop(learner_id, None)
        state.quiz_answers = {key: a for key, a in state.quiz_answers.items() if key[0] != learner_id}
        state.link_codes = {mark: c for mark, c in state.link_codes.items() if c.learner_id != learner_id}
        state.evidence = {key: e for key, e in state.evidence.items() if e.learner_id != learner_id}

    async def purge(self, now: datetime) -> int:
        """See `Work.purge`."""
        state, until = self._state, now - WORDS_KEPT
        before = len(state.seen)
        state.seen = {key: at for key, at in state.seen.items() if at > until}
        return before - len(state.seen) + self.feedback.purge(now) + state.groups.purge(until)


class MemoryStore:
    """See `bot.engine.storing.Store`. One transaction at a time, as with SQLite."""

    def __init__(self) -> None:
        self.state = State()

    @asynccontextmanager
    async def work(self, *, hurried: bool = True) -> AsyncIterator[MemoryWork]:
        """See `Store.work`."""
        before = self.state.snapshot()
        try:
            yield MemoryWork(self.state)
        except BaseException:
            vars(self.state).update(vars(before))
            raise

    async def close(self) -> None:
        """See `Store.close`."""
