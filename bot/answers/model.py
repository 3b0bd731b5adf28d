"""The model's answer: the notes' passages as its only ground, and the notes' own answer whenever anything is wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.answers.breaker import Breaker
from bot.answers.checking import checked, recites, shown
from bot.answers.client import ModelClient, ModelFailed, rest
from bot.answers.desk import Desk
from bot.answers.opening import OfflineAnswers
from bot.answers.prompt import Messages, Turn, messages, tokens_of
from bot.answers.sources import Source, sources_for
from bot.domain.answer import Answer, Question, Spender
from bot.engine.ports import Clock, Store

log = logging.getLogger(__name__)
DEADLINE = 18.0
"""Of the twenty seconds that an answer may take; the rest is for the notes and the database."""
KEPT_ANSWERS = 200
ROOM_FOR_ANSWER = 700
CHARACTERS_A_TOKEN = 3


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
    breaker: Breaker = field(default_factory=Breaker)
    _kept: dict[tuple[str, ...], Answer] = field(default_factory=dict)

    async def improve(self, question: Question, spender: Spender) -> AsyncGenerator[str | Answer, None]:
        """See `Tutor.improve`."""
        until = asyncio.get_running_loop().time() + self.deadline
        desk = self.offline.desk
        key = (desk.meant(question).casefold(), question.roadmap.id, str(question.week))
        if key in self._kept:
            yield self._kept[key]
        elif self.breaker.lets(self.clock.now()):
            async with aclosing(self._asked(question, spender, desk, until)) as said:
                async for part in said:
                    if isinstance(part, Answer) and part.source == "model":
                        self._keep(key, part)
                    yield part

    def _keep(self, key: tuple[str, ...], answer: Answer) -> None:
        """Equal questions are answered once, for as long as this content is loaded."""
        if len(self._kept) >= KEPT_ANSWERS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = answer

    async def _asked(
        self, question: Question, spender: Spender, desk: Desk, until: float
    ) -> AsyncGenerator[str | Answer, None]:
        sources = sources_for(desk, question)
        said = messages(question, sources, _thread(question, desk))
        most, at = tokens_of(said) + ROOM_FOR_ANSWER, self.clock.now()
        if not sources:
            return
        if not await self._reserved(spender, most, at):
            if await self._tells(spender, at):
                yield replace(self.offline.answer(question), notice="budget")
            return
        spent = [tokens_of(said)]
        answer: Answer | None = None
        try:
            async with asyncio.timeout_at(until), aclosing(self._parts(said, sources, spent)) as parts:
                async for part in parts:
                    if isinstance(part, Answer):
                        answer = part
                    else:
                        yield part
            self.breaker.succeeded()
        except Unsupported:
            self.breaker.failed(self.clock.now())
            answer = replace(self.offline.answer(question), notice="unsupported")
        except (ModelFailed, TimeoutError) as error:
            self.breaker.failed(self.clock.now())
            log.warning("the model did not answer: %s", error if isinstance(error, ModelFailed) else "too slow")
        finally:
            await self._settle(spender, most, spent[0], at)
        if answer is not None:  # last: whoever has it asks for nothing more
            yield answer

    async def _parts(
        self, said: Messages, sources: list[Source], spent: list[int]
    ) -> AsyncGenerator[str | Answer, None]:
        text = last = ""
        async with aclosing(self._pieces(said)) as pieces:
            async for piece in pieces:
                text += piece
                spent[0] += len(piece) // CHARACTERS_A_TOKEN + 1
                if recites(text):
                    raise Unsupported("the rules instead of an answer")
                if (part := shown(text, sources)) != last:
                    last = part
                    yield part
        answer = checked(text, sources)
        if answer is None:
            raise Unsupported("an answer without a passage that was sent")
        yield answer

    async def _pieces(self, said: Messages) -> AsyncGenerator[str, None]:
        """The pieces of the answer; when the first try fails before anything came, those of a second."""
        begun = False
        try:
            async with aclosing(self.client.pieces(said)) as pieces:
                async for piece in pieces:
                    begun = True
                    yield piece
            return
        except ModelFailed as error:
            if begun or not error.again:
                raise
            await rest(error.wait)
        async with aclosing(self.client.pieces(said)) as pieces:
            async for piece in pieces:
                yield piece

    async def _reserved(self, spender: Spender, tokens: int, at: datetime) -> bool:
        async with self.store.work() as work:
            return await work.budgets.reserve(spender, tokens, at)

    async def _tells(self, spender: Spender, at: datetime) -> bool:
        async with self.store.work() as work:
            return await work.budgets.tell_once(spender, at)

    async def _settle(self, spender: Spender, reserved: int, spent: int, at: datetime) -> None:
        """On the day of the reservation: midnight may have passed since."""
        async with self.store.work() as work:
            await work.budgets.settle(spender, reserved, spent, at)


def _thread(question: Question, desk: Desk) -> list[Turn]:
    """What was said before, for a question that cannot be understood without it."""
    if desk.meant(question) == question.text:
        return []
    return [(said.question, said.answer) for said in question.thread]
