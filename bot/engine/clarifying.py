"""Asks a language model what a line may mean, after the transaction: its guess becomes buttons, never an act."""

from __future__ import annotations

import logging

from bot.domain.answer import Spender
from bot.domain.message import ChatKind, Reply
from bot.engine.choices import did_you_mean
from bot.engine.context import Context
from bot.engine.ports import Interpreter
from bot.engine.registry import Registry
from bot.engine.router import scene

log = logging.getLogger(__name__)
UNCLEAR = "not_understood"


def is_unclear(context: Context, reply: Reply) -> bool:
    """Whether an answer says that a line typed to the mentor alone was not understood."""
    alone = context.message.channel.kind is not ChatKind.GROUP
    return alone and reply.template == UNCLEAR and bool(context.message.text.strip())


async def clarified(interpreter: Interpreter, registry: Registry, context: Context, reply: Reply) -> Reply:
    """A question with what the model takes the line for, or the very same reply when it makes nothing of it."""
    try:
        found = await interpreter.interpret(context.message.text, scene(context), Spender(context.learner.id))
        return did_you_mean(registry, context, found) or reply
    except Exception:
        log.exception("the model's reading was lost; the line stays unclear")
        return reply
