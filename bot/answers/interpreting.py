"""What an unclear line may mean, as a language model sees it: a call of one function, in our intents and slots only."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from datetime import datetime

from bot.answers.breaker import Breaker
from bot.answers.calling import TOOL, intents_in, request_for
from bot.answers.client import ModelClient
from bot.answers.tool_calls import ModelFailed
from bot.domain.answer import Spender
from bot.domain.intent import Intent, Scene
from bot.engine.ports import Clock
from bot.engine.storing import Store

log = logging.getLogger(__name__)
DEADLINE = 4.0
ROOM_FOR_CALL = 200
CHARACTERS_A_TOKEN = 3


@dataclass
class ModelInterpreter:
    """See `bot.engine.ports.Interpreter`. Shares the breaker and the budgets of the model's answers."""

    client: ModelClient
    store: Store
    clock: Clock
    breaker: Breaker = field(default_factory=Breaker)
    deadline: float = DEADLINE

    async def interpret(self, text: str, scene: Scene, spender: Spender) -> tuple[Intent, ...]:
        """See `Interpreter.interpret`."""
        if not self.breaker.lets(self.clock.now()):
            return ()
        said = request_for(text, scene)
        sent = sum(len(message["content"]) for message in said) + len(json.dumps(TOOL))
        most, at = sent // CHARACTERS_A_TOKEN + ROOM_FOR_CALL, self.clock.now()
        if not await self._reserved(spender, most, at):
            return ()
        spent = most
        try:
            async with asyncio.timeout(self.deadline):
                said_back, usage = await self.client.call(said, TOOL, ROOM_FOR_CALL)
            spent = usage.tokens if usage else most
            found = intents_in(said_back, scene)
            self.breaker.succeeded()
            return found
        except (ModelFailed, TimeoutError) as error:
            failure = error if isinstance(error, ModelFailed) else ModelFailed("too slow")
            spent = spent if failure.charged else 0
            self.breaker.failed(self.clock.now(), failure.rest)
            log.warning("the model did not interpret: %s", failure)
            return ()
        finally:
            async with self.store.work() as work:
                await work.budgets.settle(spender, most, spent, at)

    async def _reserved(self, spender: Spender, tokens: int, at: datetime) -> bool:
        async with self.store.work() as work:
            return await work.budgets.reserve(spender, tokens, at)
