"""Lets a language model word an answer better, after the transaction and never instead of an answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from bot.domain.answer import Answer, Spender
from bot.domain.feedback import ANSWER_LENGTH
from bot.domain.message import Reply
from bot.engine.answer_views import answer_reply
from bot.engine.context import Context
from bot.engine.ports import Tutor
from bot.engine.seats import bound_here, is_public
from bot.engine.storing import Work

log = logging.getLogger(__name__)
Partial = Callable[[str], Awaitable[None]]
"""Told the answer as far as it has come, in CommonMark; a platform may show it by editing, at its own pace."""


async def lets_model(context: Context) -> bool:
    """Whether a model may word an answer here: there is one, the learner lets it, and in a chat of several they are in
    its group, whose owner has turned it on."""
    if context.shelf is None or context.shelf.tutor is None:
        return False
    if is_public(context.message.channel) and not await _group_lets(context):
        return False
    return await context.work.feedback.uses_model(context.learner.id)


async def _group_lets(context: Context) -> bool:
    group = await bound_here(context)
    if group is None or not group.model:
        return False
    return any(mine.id == group.id for mine, _ in await context.work.groups.mine(context.learner.id))


async def spender_of(context: Context) -> Spender:
    """On whose account a question of this message is asked: the learner's, and in a group's chat the group's too."""
    group = await bound_here(context)
    return Spender(context.learner.id, str(group.id) if group else "")


async def tutored(tutor: Tutor, reply: Reply, spender: Spender, show: Partial | None = None) -> Reply:
    """The reply with the model's answer, or the very same reply when there is none that may be shown."""
    if reply.question is None:
        return reply
    try:
        async with aclosing(tutor.improve(reply.question, spender)) as parts:
            async for part in parts:
                if isinstance(part, Answer):
                    return answer_reply(part, _number(reply))
                if show is not None and part:
                    await show(part)
    except Exception:
        log.exception("the model's answer was lost; the notes' answer stands")
    return reply


async def remember(work: Work, learner_id: int, reply: Reply) -> None:
    """Note that the model answered a counted question, and what."""
    answer = reply.data.get("answer")
    if isinstance(answer, Answer) and answer.source == "model" and _number(reply):
        await work.feedback.worded(learner_id, _number(reply), answer.text[:ANSWER_LENGTH])


def _number(reply: Reply) -> int:
    number = reply.data.get("number")
    return number if isinstance(number, int) else 0
