"""Questions and what was thought of their answers, in plain dictionaries."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace
from datetime import datetime

from bot.domain.feedback import WORDS_KEPT, Asked, Exchange, Verdict, fresh

Entries = MutableMapping[int, Asked]
Threads = MutableMapping[int, tuple[Exchange, ...]]


class MemoryFeedback:
    """See `bot.engine.storing.Feedback`."""

    def __init__(self, entries: Entries, threads: Threads, models: MutableMapping[int, bool]) -> None:
        self._entries = entries
        self._threads = threads
        self._models = models

    async def note(self, asked: Asked) -> int:
        """See `Feedback.note`."""
        number = max(self._entries, default=0) + 1
        self._entries[number] = replace(asked, id=number)
        return number

    async def rate(self, learner_id: int, number: int, verdict: Verdict) -> bool:
        """See `Feedback.rate`."""
        entry = self._mine(learner_id, number)
        if entry is not None:
            self._entries[number] = replace(entry, verdict=verdict)
        return entry is not None

    async def keep_words(self, learner_id: int, number: int, now: datetime) -> bool:
        """See `Feedback.keep_words`."""
        entry = self._mine(learner_id, number)
        words = next((e.question for e in await self.thread(learner_id, now) if e.number == number), "")
        if entry is None or not words:
            return False
        self._entries[number] = replace(entry, words=words, words_until=now + WORDS_KEPT)
        return True

    def _mine(self, learner_id: int, number: int) -> Asked | None:
        entry = self._entries.get(number)
        return entry if entry is not None and entry.learner_id == learner_id else None

    async def remember(self, learner_id: int, exchange: Exchange) -> None:
        """See `Feedback.remember`."""
        others = [one for one in self._threads.get(learner_id, ()) if one.number != exchange.number]
        self._threads[learner_id] = fresh([*others, exchange], exchange.at)

    async def thread(self, learner_id: int, now: datetime) -> tuple[Exchange, ...]:
        """See `Feedback.thread`."""
        return fresh(self._threads.get(learner_id, ()), now)

    async def worded(self, learner_id: int, number: int, answer: str) -> None:
        """See `Feedback.worded`."""
        entry = self._mine(learner_id, number)
        if entry is not None:
            self._entries[number] = replace(entry, source="model")
        said = self._threads.get(learner_id, ())
        self._threads[learner_id] = tuple(replace(e, answer=answer) if e.number == number else e for e in said)

    async def uses_model(self, learner_id: int) -> bool:
        """See `Feedback.uses_model`."""
        return self._models.get(learner_id, True)

    async def use_model(self, learner_id: int, wanted: bool) -> None:
        """See `Feedback.use_model`."""
        self._models[learner_id] = wanted

    def purge(self, now: datetime) -> int:
        """See `Work.purge`: the words of questions."""
        old = [n for n, e in self._entries.items() if e.words_until is not None and e.words_until <= now]
        for number in old:
            self._entries[number] = replace(self._entries[number], words="", words_until=None)
        before = sum(map(len, self._threads.values()))
        for learner, said in list(self._threads.items()):
            self._threads[learner] = fresh(said, now)
        return len(old) + before - sum(map(len, self._threads.values()))
