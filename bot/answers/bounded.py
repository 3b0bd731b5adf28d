"""How much of a model server's response is read: enough for the longest answer, whatever it sends."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2  # what `openai` talks through: loaded with it, when a model is asked for the first time

from bot.answers.tool_calls import ModelFailed

MOST_BYTES = 4 * 2**20
"""The longest answer in chunks of one character each comes to half of this."""


class Bounded(httpx2.AsyncByteStream):
    """A response's bytes, up to so many; then `ModelFailed`."""

    def __init__(self, stream: httpx2.AsyncByteStream, most: int = MOST_BYTES) -> None:
        self._stream = stream
        self._left = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise ModelFailed("more than any answer needs")
            yield piece

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._stream.aclose()


async def bounded(response: httpx2.Response) -> None:
    """Read no more of a response than is allowed. For a client's hook on responses."""
    assert isinstance(response.stream, httpx2.AsyncByteStream), "the client is asynchronous"
    response.stream = Bounded(response.stream)
