"""Talks to an OpenAI-compatible server. Everything that can go wrong there becomes one `ModelFailed`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from bot.answers.prompt import Messages
from bot.answers.tool_calls import Calls, ModelFailed
from bot.answers.tools import Call

if TYPE_CHECKING:
    from openai import AsyncOpenAI

MOST_TOKENS = 700
MOST_CHARACTERS = 6000
NO_TOOLS = (400, 404, 422, 501)
"""What servers without function calls say to them."""
PATIENCE = 2.0
"""Seconds of `Retry-After` that are worth waiting for."""


class ModelClient:
    """One server and one model on it."""

    def __init__(self, base_url: str, key: str, model: str) -> None:
        self._base_url = base_url
        self._key = key
        self._model = model
        self._made: AsyncOpenAI | None = None
        self._knows_tools = True

    @property
    def _client(self) -> AsyncOpenAI:
        if self._made is None:
            from openai import AsyncOpenAI  # noqa: PLC0415 - a second of start-up for those who have no model

            self._made = AsyncOpenAI(base_url=self._base_url, api_key=self._key, max_retries=0, timeout=20.0)
        return self._made

    async def pieces(
        self, said: Messages, tools: Sequence[dict[str, Any]] = ()
    ) -> AsyncGenerator[str | tuple[Call, ...], None]:
        """The answer's text, piece by piece; in the end what is to be looked up first, if anything. Raises
        `ModelFailed`; a stream that ends too early is a failure."""
        import openai  # noqa: PLC0415 - see above

        try:
            async with aclosing(self._stream(said, tools if self._knows_tools else ())) as stream:
                async for piece in stream:
                    yield piece
        except openai.APIStatusError as error:
            if tools and self._knows_tools and error.status_code in NO_TOOLS:
                self._knows_tools = False  # many servers have none; the next try goes without
                raise ModelFailed("no tools on this server", again=True) from error
            raise _refused(error.status_code, error.response.headers.get("retry-after", "")) from error
        except openai.APIConnectionError as error:
            raise ModelFailed("no connection", again=not isinstance(error, openai.APITimeoutError)) from error
        except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ModelFailed(f"unreadable: {type(error).__name__}") from error
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            raise ModelFailed(f"not an answer: {type(error).__name__}") from error

    async def call(self, said: Messages, tool: dict[str, Any], most: int) -> str:
        """The arguments of the model's call of a function, as they came. Raises `ModelFailed`."""
        import openai  # noqa: PLC0415 - see above

        request: Any = self._client.chat.completions
        named = {"type": "function", "function": {"name": tool["function"]["name"]}}
        try:
            answer = await request.create(
                model=self._model, messages=said, tools=[tool], tool_choice=named, max_tokens=most
            )
            return _called(answer, tool["function"]["name"])
        except openai.APIStatusError as error:
            raise _refused(error.status_code, "") from error
        except openai.APIConnectionError as error:
            raise ModelFailed("no connection") from error
        except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ModelFailed(f"unreadable: {type(error).__name__}") from error
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            raise ModelFailed(f"not a call: {type(error).__name__}") from error

    async def _stream(
        self, said: Messages, tools: Sequence[dict[str, Any]]
    ) -> AsyncGenerator[str | tuple[Call, ...], None]:
        request: Any = self._client.chat.completions
        extra: dict[str, Any] = {"tools": list(tools), "tool_choice": "auto"} if tools else {}
        stream = await request.create(model=self._model, messages=said, max_tokens=MOST_TOKENS, stream=True, **extra)
        length, ended, calls = 0, False, Calls()
        try:
            async for chunk in stream:
                piece, ended = _read(chunk)
                length += len(piece) + (calls.take(chunk.choices[0].delta) if chunk.choices else 0)
                if piece:
                    yield piece
                if ended or length > MOST_CHARACTERS:
                    break
        finally:
            await stream.close()
        if not ended and (length <= MOST_CHARACTERS or calls.begun):
            raise ModelFailed("the stream was cut")
        if calls.begun:
            yield calls.whole()

    async def close(self) -> None:
        """Let go of the connection."""
        if self._made is not None:
            await self._made.close()


def _read(chunk: Any) -> tuple[str, bool]:
    """The text of a chunk, and whether it is the last."""
    if not isinstance(chunk.choices, list):
        raise ModelFailed("a chunk without choices")
    if not chunk.choices:  # some servers begin with one that tells of filters, or end with one that tells of usage
        return "", False
    choice = chunk.choices[0]
    piece = choice.delta.content if choice.delta is not None else None
    if piece is not None and not isinstance(piece, str):
        raise ModelFailed("a chunk whose content is no text")
    return piece or "", choice.finish_reason is not None


def _called(answer: Any, name: str) -> str:
    """The arguments of the first call of the function in an answer."""
    calls = answer.choices[0].message.tool_calls or []
    arguments = next((call.function.arguments for call in calls if call.function.name == name), None)
    if not isinstance(arguments, str) or len(arguments) > MOST_CHARACTERS:
        raise ModelFailed("an answer without the call")
    return arguments


def _refused(status: int, retry_after: str) -> ModelFailed:
    wait = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else 0.5
    again = status >= 500 or (status == 429 and wait <= PATIENCE)
    return ModelFailed(f"status {status}", again=again, wait=min(wait, PATIENCE))


async def rest(seconds: float) -> None:
    """Wait before asking again."""
    await asyncio.sleep(seconds)
