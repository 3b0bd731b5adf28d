"""Words said while a quiz is under way: an answer by its letter or its place, or the wish to leave it."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.message import Reply
from bot.domain.quiz import QuizRun
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.quizzing import put_off
from bot.engine.registry import Registry

FRESH = timedelta(hours=1)
"""How long after its start a quiz is still what a bare number is about."""

_PLACES = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}
_HEDGES = r"i (?:think|guess|say|pick|choose|go with)|i'?d say|maybe|probably|it'?s|it is|is it|the|answer|option"
_LEAD = rf"(?:(?:{_HEDGES})[\s:]+)*"
_ANSWER = re.compile(rf"^\W*{_LEAD}(?P<said>[a-d]|first|second|third|fourth)(?:\s+(?:one|option|answer))?\W*$")
_NUMBERED = re.compile(r"^\W*(?:option|answer)\s+(?P<said>[1-4])\W*$")
_LEAVES = re.compile(
    r"^\W*(?:please\s+)?(?:stop|end|quit|leave|exit|cancel|abort|no more|enough)\s+(?:with\s+)?"
    r"(?:(?:the|this|my)\s+)?(?:quiz\w*|testing|questions?)(?:\s+(?:me|please|now|here|(?:for )?today))*\W*$"
)


async def running(context: Context) -> QuizRun | None:
    """The quiz that somebody is in the middle of."""
    if context.enrollment is None:
        return None
    run = await context.work.quizzes.open(context.learner.id)
    return run if run and not run.over and context.now - run.started_at <= FRESH else None


async def step(registry: Registry, context: Context, run: QuizRun) -> tuple[Command, Args] | Reply | None:
    """What a text means to the quiz; None when it is about something else."""
    text = context.message.text.casefold().replace("\u2019", "'")
    if _LEAVES.match(text):
        return await put_off(context, run)
    found = _ANSWER.match(text) or _NUMBERED.match(text)
    if found is None:
        return None
    return registry.commands["pick"], {"item": run.item, "choice": _PLACES.get(found["said"], found["said"])}
