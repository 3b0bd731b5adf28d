"""Lets a language model word an answer better, after the transaction and never instead of an answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.answer import Answer, Spender
from bot.domain.message import Reply
from bot.engine.answer_views import answer_reply
from bot.engine.ports import Tutor

log = logging.getLogger(__name__)
Partial = Callable[[str], Awaitable[None]]
"""Told the answer as far as it has come, in CommonMark; a platform may show it by editing, at its own pace."""


async def tutored(tutor: Tutor, reply: Reply, spender: Spender, show: Partial | None = None) -> Reply:
    """The reply with the model's answer, or the very same reply when there is none that may be shown."""
    if reply.question is None:
        return reply
    try:
        async for part in tutor.improve(reply.question, spender):
            if isinstance(part, Answer):
                return replace(answer_reply(part), question=None)
            if show is not None and part:
                await show(part)
    except Exception:
        log.exception("the model's answer was lost; the notes' answer stands")
    return reply
