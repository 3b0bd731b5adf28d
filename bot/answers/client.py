"""Talks to an OpenAI-compatible server. Everything that can go wrong there becomes one `ModelFailed`."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING, Any

from bot.answers.prompt import Messages
from bot.answers.refusing import refused
from bot.answers.tool_calls import Calls, ModelFailed
from bot.answers.tools import Call
from bot.answers.usage import Usage, usage_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)
MOST_CHARACTERS = 6000
NOT_OFFERED = (400, 404, 422, 501)
"""What servers say to function calls, or to a wish for usage, when they know neither."""
USAGE_WAIT = 0.5
"""Seconds that a whole answer waits for what it cost."""
Piece = str | tuple[Call, ...] | Usage
_FEWER = (frozenset[str](), frozenset(("tools",)), frozenset(("usage",)), frozenset(("tools", "usage")))
"""What is left out of a request, one try after the other, until the server takes it."""


class ModelClient:
    """One server and one model on it."""

    def __init__(self, base_url: str, key: str, model: str) -> None:
        self._base_url = base_url
        self._key = key
        self._model = model
        self._made: AsyncOpenAI | None = None
        self._refuses: frozenset[str] = frozenset()

    @property
    def _client(self) -> AsyncOpenAI:
        if self._made is None:
            from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: PLC0415 - a second of start-up, not for all

            from bot.answers.bounded import bounded  # noqa: PLC0415

            web = DefaultAsyncHttpxClient(event_hooks={"response": [bounded]})
            self._made = AsyncOpenAI(
                base_url=self._base_url, api_key=self._key, max_retries=0, timeout=20.0, http_client=web
            )
        return self._made

    async def pieces(
        self, said: Messages, tools: Sequence[dict[str, Any]], most: int
    ) -> AsyncGenerator[Piece, None]:  # fmt: skip
        """The answer's text, piece by piece; in the end what is to be looked up first, if anything, and what the
        server says that it cost. Raises `ModelFailed`; a stream that ends too early is a failure."""
        with _failures():
            stream = await self._opened(said, tools, most)
            try:
                async with aclosing(_told(stream)) as told:
                    async for piece in told:
                        yield piece
            finally:
                await stream.close()

    async def call(self, said: Messages, tool: dict[str, Any], most: int) -> tuple[str, Usage | None]:
        """The arguments of the model's call of a function, as they came, and its cost. Raises `ModelFailed`."""
        request: Any = self._client.chat.completions
        named = {"type": "function", "function": {"name": tool["function"]["name"]}}
        with _failures():
            answer = await request.create(
                model=self._model, messages=said, tools=[tool], tool_choice=named, max_tokens=most
            )
            return _called(answer, tool["function"]["name"]), usage_of(answer)

    async def _opened(self, said: Messages, tools: Sequence[dict[str, Any]], most: int) -> Any:
        """A stream, asked for with all that the server is not known to refuse; what it helps to leave out is kept."""
        import openai  # noqa: PLC0415 - see above

        request: Any = self._client.chat.completions
        asked = {"model": self._model, "messages": said, "max_tokens": most, "stream": True}
        ways = [self._refuses | without for without in _FEWER if tools or "tools" not in without]
        for left_out in dict.fromkeys(ways):
            try:
                stream = await request.create(**asked, **_extras(tools, left_out))
            except openai.APIStatusError as error:
                if error.status_code not in NOT_OFFERED or left_out == ways[-1]:
                    raise
            else:
                self._refuses = left_out
                return stream
        raise ModelFailed("no way to ask")

    async def close(self) -> None:
        """Let go of the connection."""
        if self._made is not None:
            await self._made.close()


@contextmanager
def _failures() -> Iterator[None]:
    """Everything that can go wrong with a server as a `ModelFailed`."""
    import openai  # noqa: PLC0415 - see above

    try:
        yield
    except openai.APIStatusError as error:
        raise refused(error.status_code, error.response.headers) from error
    except openai.APIConnectionError as error:
        raise ModelFailed("no connection", again=not isinstance(error, openai.APITimeoutError)) from error
    except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelFailed(f"unreadable: {type(error).__name__}") from error
    except (AttributeError, TypeError, ValueError, LookupError, RecursionError) as error:
        raise ModelFailed(f"not an answer: {type(error).__name__}") from error


def _extras(tools: Sequence[dict[str, Any]], left_out: frozenset[str]) -> dict[str, Any]:
    """What a request asks for beside the answer."""
    usage: dict[str, Any] = {} if "usage" in left_out else {"stream_options": {"include_usage": True}}
    if not tools or "tools" in left_out:
        return usage
    return usage | {"tools": list(tools), "tool_choice": "auto"}


async def _told(stream: Any) -> AsyncGenerator[Piece, None]:
    """What a stream says: text, then calls, then its cost."""
    length, ended, calls = 0, False, Calls()
    usage: Usage | None = None
    async for chunk in stream:
        piece, ended = _read(chunk)
        usage = usage_of(chunk) or usage
        length += len(piece) + (calls.take(chunk.choices[0].delta) if chunk.choices else 0)
        if piece:
            yield piece
        if ended or length > MOST_CHARACTERS:
            break
    if not ended and (length <= MOST_CHARACTERS or calls.begun):
        raise ModelFailed("the stream was cut")
    usage = (await _late(stream) if ended else None) or usage
    if usage is not None:
        yield usage
    if calls.begun:
        yield calls.whole()


async def _late(stream: Any) -> Usage | None:
    """The cost that comes after the last word. The answer is whole: what goes wrong now is no matter."""
    try:
        async with asyncio.timeout(USAGE_WAIT):
            async for chunk in stream:
                if (usage := usage_of(chunk)) is not None:
                    return usage
    except Exception as error:
        log.info("the model's server did not say what it cost: %s", type(error).__name__)
    return None


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


async def rest(seconds: float) -> None:
    """Wait before asking again."""
    await asyncio.sleep(seconds)
