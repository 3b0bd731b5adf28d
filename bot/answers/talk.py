"""A talk with the model: its pieces, a second try where that is safe, and what it looks up before it answers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from bot.answers.account import Account
from bot.answers.client import ModelClient, Piece, rest
from bot.answers.prompt import Messages, tokens_of
from bot.answers.tool_calls import ModelFailed
from bot.answers.tools import Call, offered, results
from bot.answers.usage import Usage
from bot.domain.answer import Question

ROUNDS = 2
"""How often a model may look something up before it must answer."""


async def spoken(
    client: ModelClient, said: Messages, question: Question, account: Account, room: int
) -> AsyncGenerator[str, None]:  # fmt: skip
    """The answer as far as it has come, each time a piece of it arrives. `room` is how many tokens it may have."""
    for left in range(ROUNDS, -1, -1):
        text = ""
        calls: tuple[Call, ...] = ()
        tools = offered(question) if left else []
        account.begin(tokens_of(said, tools))
        async with aclosing(_pieces(client, said, tools, account, room)) as pieces:
            async for piece in pieces:
                if isinstance(piece, tuple):
                    calls = piece
                elif isinstance(piece, Usage):
                    account.told(piece)
                else:
                    text += piece
                    account.spend(piece)
                    yield text
        if not calls:
            return
        said = [*said, *results(calls, question)]
        account.personal = True
        if not left or not await account.reserve(tokens_of(said, tools) + room):
            raise ModelFailed("it looks things up and does not answer")


async def _pieces(
    client: ModelClient, said: Messages, tools: Sequence[dict[str, Any]], account: Account, room: int
) -> AsyncGenerator[Piece, None]:
    """The pieces of an answer; when the first try fails before anything came, those of a second."""
    for last in (False, True):
        begun = False
        try:
            async with aclosing(client.pieces(said, tools, room)) as pieces:
                async for piece in pieces:
                    begun = True
                    yield piece
            return
        except ModelFailed as error:
            if not error.charged and not begun:
                account.refused()
            if begun or last or not error.again:
                raise
            await rest(error.wait)
            account.begin(tokens_of(said, tools))
