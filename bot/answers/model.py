"""The model's answer: the notes' passages as its only ground, and the notes' own answer whenever anything is wrong."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.answers.account import Account
from bot.answers.breaker import Breaker
from bot.answers.checking import checked, recites, shown
from bot.answers.client import ModelClient
from bot.answers.desk import Desk
from bot.answers.opening import OfflineAnswers
from bot.answers.prompt import Messages, Style, Turn, messages, standing, style_of, tokens_of
from bot.answers.sources import Source, sources_for
from bot.answers.talk import spoken
from bot.answers.tool_calls import ModelFailed
from bot.answers.tools import offered
from bot.domain.answer import Answer, Exercise, Question, Spender
from bot.engine.ports import Clock
from bot.engine.storing import Store

log = logging.getLogger(__name__)
DEADLINE = 18.0
"""Of the twenty seconds that an answer may take; the rest is for the notes and the database."""
SHARED_DEADLINE = 6.0
"""The same where others read: on some platforms their lines wait for this one, and nobody sees it grow."""
KEPT_ANSWERS = 200
KEPT_FOR = timedelta(days=1)
"""Kept under a sum of the question, in memory alone."""
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*\s+\S|[。！？]\S|\n\s*\S|```")
REACH = 8
"""So many characters before the last look, in which the end of a sentence may have begun."""
GROWN = 20
"""A text is looked at again when it has grown by this part: one without words may have an end in each of its pieces."""


class Unsupported(ModelFailed):
    """The model spoke, and nothing of it may be shown."""


@dataclass
class ModelAnswers:
    """See `bot.engine.ports.Tutor`."""

    client: ModelClient
    offline: OfflineAnswers
    store: Store
    clock: Clock
    deadline: float = DEADLINE
    shared_deadline: float = SHARED_DEADLINE
    breaker: Breaker = field(default_factory=Breaker)
    _kept: dict[bytes, tuple[datetime, Answer]] = field(default_factory=dict)

    async def improve(self, question: Question, spender: Spender) -> AsyncGenerator[str | Answer, None]:
        """See `Tutor.improve`."""
        limit = min(self.deadline, self.shared_deadline) if spender.group else self.deadline
        until = asyncio.get_running_loop().time() + limit
        exercise = self.offline.exercise(question)
        meant = self.offline.desk.meant(question).casefold()
        key = _sum(meant, question.roadmap.id, standing(question), style_of(exercise).name)
        alone = not _thread(question, self.offline.desk)  # what else was said in a talk is nobody else's business
        if alone and (kept := self._kept_for(key)) is not None:
            yield kept
        elif self.breaker.lets(self.clock.now()):
            account = Account(self.store, spender, self.clock.now())
            async with aclosing(self._asked(question, exercise, account, until)) as said:
                async for part in said:
                    if isinstance(part, Answer) and part.source == "model" and alone and not account.personal:
                        self._keep(key, part)
                    yield part

    def _kept_for(self, key: bytes) -> Answer | None:
        at, answer = self._kept.get(key, (None, None))
        return answer if at is not None and self.clock.now() - at < KEPT_FOR else None

    def _keep(self, key: bytes, answer: Answer) -> None:
        """Equal questions are answered once, for a day and for as long as this content is loaded."""
        now = self.clock.now()
        self._kept = {k: kept for k, kept in self._kept.items() if now - kept[0] < KEPT_FOR and k != key}
        if len(self._kept) >= KEPT_ANSWERS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (now, answer)

    async def _asked(
        self, question: Question, exercise: Exercise | None, account: Account, until: float
    ) -> AsyncGenerator[str | Answer, None]:
        desk, style = self.offline.desk, style_of(exercise)
        brief = self.offline.brief(exercise, question) if exercise else None
        sources = sources_for(desk, question, exercise, brief)
        if not sources:
            return
        said = messages(question, sources, _thread(question, desk), style)
        if not await account.reserve(tokens_of(said, offered(question)) + style.room):
            if await account.tells():
                yield replace(self.offline.answer(question), notice="budget")
            return
        answer: Answer | None = None
        try:
            spoken_parts = self._parts(said, sources, question, account, style)
            async with asyncio.timeout_at(until), aclosing(spoken_parts) as parts:
                async for part in parts:
                    if isinstance(part, Answer):
                        answer = replace(part, exercise=exercise)
                    else:
                        yield part
            self.breaker.succeeded()
        except Unsupported:
            self.breaker.failed(self.clock.now())
            answer = replace(self.offline.answer(question), notice="unsupported")
        except (ModelFailed, TimeoutError) as error:
            failure = error if isinstance(error, ModelFailed) else ModelFailed("too slow")
            self.breaker.failed(self.clock.now(), failure.rest)
            log.warning("the model did not answer: %s", failure)
        finally:
            await account.settle()
        if answer is not None:  # last: whoever has it asks for nothing more
            yield answer

    async def _parts(
        self, said: Messages, sources: list[Source], question: Question, account: Account, style: Style
    ) -> AsyncGenerator[str | Answer, None]:
        text, last, seen = "", "", 0
        async with aclosing(spoken(self.client, said, question, account, style.room)) as grown:
            async for text in grown:
                if len(text) < seen + seen // GROWN or not _ENDS.search(text, max(0, seen - REACH)):
                    continue  # there is no more to show than before; looking at every word takes seconds of a long one
                seen = len(text)
                if recites(text):
                    raise Unsupported("the rules instead of an answer")
                if (part := shown(text, sources, style)) != last:
                    last = part
                    yield part
        answer = checked(text, sources, style)
        if answer is None:
            raise Unsupported("an answer without a passage that was sent")
        yield answer


def _sum(*parts: str) -> bytes:
    return blake2b(repr(parts).encode(errors="replace"), digest_size=16).digest()


def _thread(question: Question, desk: Desk) -> list[Turn]:
    """What was said before, for a question that cannot be understood without it."""
    if desk.meant(question) == question.text and not question.whole:
        return []
    return [(said.question, said.answer) for said in question.thread]
